//! The words around drafts, tests and versions, Chinese and English side by side.

use domain::Lang;

words! {
    drafts: "草稿", "Drafts";
    tests: "测试题", "Test questions";
    versions: "版本", "Versions";
    drafts_intro: "草稿发布后顾客才会看到。发布前会问一遍全部测试题和最近的顾客问题。", "Customers see a draft once it is published. Before that all test questions and the latest questions of customers are asked.";
    no_drafts: "没有草稿", "No drafts";
    no_drafts_next: "在条目里写好后存为草稿，或用 frontdesk import --draft 导入。", "Save an entry as a draft, or import with frontdesk import --draft.";
    all_drafts: "全部 {}", "All {}";
    to_review: "待审核 {}", "To review {}";
    is_draft: "草稿", "Draft";
    in_review: "待审核", "In review";
    by: "{} 写", "by {}";
    shall_go: "将删除", "To be removed";
    is_new: "新条目", "New";
    outdated: "草稿写好后条目又被改过：请对照两边再保存一次", "The entry was changed after this draft was written: compare both and save again";
    publish: "发布", "Publish";
    publish_all: "检查并全部发布", "Check and publish all";
    check_all: "只检查", "Only check";
    save_publish: "保存并发布", "Save and publish";
    save_draft: "存为草稿", "Save draft";
    submit: "提交审核", "Submit for review";
    send_back: "退回", "Send back";
    discard: "丢弃草稿", "Discard draft";
    discard_twice: "再按一次丢弃", "Press again to discard";
    edit: "修改", "Edit";
    why: "为什么改（会留在版本里）", "Why (stays in the versions)";
    note: "给作者的话", "A note to the author";
    note_says: "审核意见：{}", "Reviewer: {}";
    drafted: "草稿已存，还没有发布。", "Draft saved, not published yet.";
    submitted: "已提交审核，由另一人发布。", "Submitted: somebody else will publish it.";
    sent_back: "已退回作者。", "Sent back to the author.";
    discarded: "草稿已丢弃。", "Draft discarded.";
    published: "已发布，立即生效。", "Published, in effect now.";
    draft_shown: "下面是还没有发布的草稿。", "Below is a draft that is not published yet.";
    see_draft: "看改动", "See what changes";
    changed_meanwhile: "没有执行：草稿刚被改过，请再看一遍。", "Not done: the draft was changed a moment ago. Look again.";

    gate: "发布检查", "Publish check";
    gate_green: "测试题全对。", "All test questions are right.";
    gate_no_tests: "还没有测试题。加上几道，以后改坏了会在发布前发现。", "There are no test questions yet. With a few, a broken answer shows before it is published.";
    gate_red: "{} 道测试题不对，没有发布。", "{} test questions are not right; nothing was published.";
    gate_red_now: "{} 道测试题不对。", "{} test questions are not right.";
    gate_worse: "{} 个回答会变差，还没有发布。看过以后再决定。", "{} answers would get worse; nothing is published yet. Look at them, then decide.";
    gate_counts: "问了 {} 道测试题、{} 个顾客问题，用时 {} 秒。", "{} test questions and {} questions of customers, in {} s.";
    red: "不对的测试题", "Test questions that are not right";
    changes: "会变的回答", "Answers that change";
    no_changes: "没有回答会变。", "No answer changes.";
    was_right: "原来是对的", "was right";
    expected: "应当由它回答", "expected";
    must_refuse: "不该回答", "must not be answered";
    before: "现在", "Now";
    after: "发布后", "Then";
    got: "得到", "Got";
    newly_right: "变对 {}", "Newly right {}";
    newly_wrong: "变错 {}", "Newly wrong {}";
    newly_refused: "变成不答 {}", "Newly not answered {}";
    newly_answered: "新答上 {}", "Newly answered {}";
    otherwise: "换了条目 {}", "Answered otherwise {}";
    reworded: "换了说法 {}", "In other words {}";
    more_cases: "还有 {} 个没有列出。", "And {} more that are not listed.";
    publish_anyway: "看过了，发布", "Seen, publish";
    override_why: "为什么仍要发布（会留在版本里）", "Why publish nevertheless (stays in the versions)";
    override_do: "仍然发布", "Publish nevertheless";
    override_owner: "只有负责人可以在测试题不对时发布。", "Only owners may publish while test questions are not right.";
    to_drafts: "回到草稿", "Back to the drafts";

    tests_intro: "知识必须答对的问题。发布前全部会问一遍，有不对的就不发布。", "Questions that the knowledge must answer rightly. All are asked before anything is published; a wrong one blocks.";
    tests_count: "{} 道", "{} questions";
    no_tests: "还没有测试题", "No test questions yet";
    no_tests_next: "写下顾客常问的问题和应当回答它的条目编号；不该回答的也写上。", "Write what customers ask and the id of the entry that must answer; also what must not be answered.";
    tests_search: "搜问题和条目编号", "Search questions and entry ids";
    add_test: "加测试题", "Add a test question";
    test_question: "问题", "Question";
    test_expect: "应由哪个条目回答：写它的问题或编号，留空为不该回答", "The entry that must answer, by its question or id; empty: none may";
    add: "添加", "Add";
    added: "已添加。", "Added.";
    removed: "已删除。", "Removed.";
    no_such_entry: "没有保存：知识里没有这个条目。写条目的问题（和条目里的一字不差）或它的编号。", "Not saved: there is no such entry. Write the entry's question, word for word, or its id.";
    bad_test: "没有保存：问题要有 1 到 500 个字。", "Not saved: a question has 1 to 500 characters.";
    run_tests: "现在全部问一遍", "Ask them all now";

    lessons: "从顾客学到的", "Learnt from customers";
    lessons_intro: "顾客点赞的回答、从「您是想问」里选的条目，还有同事发出的草稿（照发或改过），都成为一课。学了以后测试题不能比以前错得多，否则不用。", "Answers that customers call helpful, what they pick among \"did you mean\", and drafts that colleagues send, as they are or in better words, become lessons. They are used only if the test questions are answered no worse.";
    lessons_counts: "共 {} 课：点赞 {}，选择 {}，同事发出草稿 {}，同事手写 {}；另有顾客收回 {}，已忘掉 {}", "{} lessons: {} from thumbs, {} from picks, {} from drafts that were sent, {} from what colleagues typed; also {} taken back by customers, {} forgotten";
    lessons_taken: "用上了 {} 课：问了 {} 道测试题，不对的之前 {} 道，之后 {} 道。", "{} lessons are in use: {} test questions were asked, {} wrong before, {} after.";
    lessons_held: "用上了 {} 课，{} 课没有用：问了 {} 道测试题，不对的会从 {} 道变成 {} 道。", "{} lessons are in use, {} are not: of {} test questions {} are wrong now, {} would be.";
    lessons_taken_by_phrasings: "用上了 {} 课：没有测试题，查了 {} 条自己的问法，认错的之前 {} 条，之后 {} 条。", "{} lessons are in use: without test questions, {} of the shop's own phrasings were tried, {} mistaken before, {} after.";
    lessons_held_by_phrasings: "用上了 {} 课，{} 课没有用：没有测试题，查了 {} 条自己的问法，认错的会从 {} 条变成 {} 条。", "{} lessons are in use, {} are not: without test questions, of {} of the shop's own phrasings {} are mistaken now, {} would be.";
    lessons_since: "忘掉哪些", "Forget which";
    lessons_day: "最近一天的", "Those of the last day";
    lessons_week: "最近七天的", "Those of the last seven days";
    lessons_all: "全部", "All";
    lessons_forget: "忘掉", "Forget";
    lessons_forget_twice: "再按一次忘掉", "Press again to forget";
    lessons_forgotten: "已忘掉，几秒后不再影响回答。", "Forgotten: in a few seconds answers no longer follow it.";

    versions_intro: "每次发布都留下一个版本：谁、为什么、改了什么。可以回到任何一个。", "Everything that was published: who, why, and what changed. One can go back to any of it.";
    no_versions: "还没有发布过", "Nothing was published yet";
    no_versions_next: "第一条知识发布后会出现在这里。", "It starts with the first entry.";
    version: "第 {} 版", "Version {}";
    act_write: "导入", "Import";
    act_publish: "发布", "Published";
    act_rollback: "回退", "Went back";
    overridden: "测试题不对时仍发布：{}", "Published while tests were red: {}";
    entries_changed: "改动的条目", "Entries that changed";
    go_back: "整个知识回到这一版", "Take all knowledge back to this";
    go_back_twice: "再按一次回退", "Press again to go back";
    go_back_entry: "恢复成这样", "Make it this again";
    went_back: "已回退，立即生效。", "Went back, in effect now.";
    history: "这一条的版本", "Versions of this entry";
    gone: "删除", "removed";
    was_new: "新建", "new";

    audience: "给谁看", "For whom";
    plans: "套餐（留空为所有）", "Plans (empty: all)";
    regions: "地区（留空为所有）", "Regions (empty: all)";
    channels: "渠道（留空为所有）", "Channels (empty: all)";
    valid_from: "从这天起有效", "Valid from";
    valid_until: "到这天为止（含）", "Valid until (inclusive)";
    owner: "负责人", "Owner";
    for_some: "限定对象", "not for everyone";
    not_yet: "还没生效", "not valid yet";
    expired: "已失效", "expired";

    field_kind: "类型", "Kind";
    field_title: "问题", "Question";
    field_phrasings: "其他问法", "Phrasings";
    field_answer: "回答", "Answer";
    field_category: "分类", "Category";
    field_tags: "标签", "Tags";
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}
