//! Long vectors as shorter ones that keep how near they are: along the directions in which they differ most.

use crate::train::chance::Chance;

/// Vectors that the directions are found from; more of them change nothing.
const MOST: usize = 40_000;
/// Multiplications until the directions stand still.
const ROUNDS: usize = 30;

/// The same vectors in `to` numbers, each of length 1. Vectors of fewer numbers are filled with nothing.
pub(super) fn project(vectors: &[f32], from: usize, to: usize) -> Vec<f32> {
    let basis = directions(&spread(vectors, from), from, to.min(from));
    let mut shorter = Vec::with_capacity(vectors.len() / from * to);
    for vector in vectors.chunks_exact(from) {
        let begin = shorter.len();
        shorter.extend(basis.chunks(from).map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum::<f32>()));
        shorter.resize(begin + to, 0.0);
        let length = shorter[begin..].iter().map(|part| part * part).sum::<f32>().sqrt().max(1e-6);
        for part in &mut shorter[begin..] {
            *part /= length;
        }
    }
    shorter
}

/// How each number goes with each other.
fn spread(vectors: &[f32], dim: usize) -> Vec<f64> {
    let mut spread = vec![0.0; dim * dim];
    let step = (vectors.len() / dim / MOST).max(1);
    for vector in vectors.chunks_exact(dim).step_by(step) {
        for (row, &a) in spread.chunks_mut(dim).zip(vector) {
            row.iter_mut().zip(vector).for_each(|(sum, &b)| *sum += f64::from(a) * f64::from(b));
        }
    }
    spread
}

/// The `count` directions of most spread, by multiplying directions of chance with it again and again.
fn directions(spread: &[f64], dim: usize, count: usize) -> Vec<f32> {
    let mut chance = Chance(7);
    let mut rows: Vec<f64> = (0..count * dim).map(|_| f64::from(chance.normal())).collect();
    for _ in 0..ROUNDS {
        let mut next = vec![0.0; count * dim];
        for (next, row) in next.chunks_mut(dim).zip(rows.chunks(dim)) {
            for (&part, spread) in row.iter().zip(spread.chunks(dim)) {
                next.iter_mut().zip(spread).for_each(|(next, spread)| *next += part * spread);
            }
        }
        set_upright(&mut next, dim);
        rows = next;
    }
    rows.into_iter().map(|part| part as f32).collect()
}

/// Makes each row stand upright on those before it, with the length 1.
fn set_upright(rows: &mut [f64], dim: usize) {
    for at in 0..rows.len() / dim {
        let (before, rest) = rows.split_at_mut(at * dim);
        let row = &mut rest[..dim];
        for other in before.chunks(dim) {
            let along: f64 = row.iter().zip(other).map(|(a, b)| a * b).sum();
            row.iter_mut().zip(other).for_each(|(part, other)| *part -= along * other);
        }
        let length = row.iter().map(|part| part * part).sum::<f64>().sqrt().max(1e-12);
        for part in row {
            *part /= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosines(vectors: &[f32], dim: usize) -> Vec<f32> {
        let rows: Vec<&[f32]> = vectors.chunks(dim).collect();
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let cosine = |a: &[f32], b: &[f32]| dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
        rows.iter().flat_map(|a| rows.iter().map(|b| cosine(a, b)).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn what_lies_in_a_plane_keeps_its_angles() {
        let mut chance = Chance(3);
        let plane: Vec<f32> = (0..2 * 12).map(|_| chance.normal()).collect();
        let vectors: Vec<f32> = (0..9)
            .flat_map(|_| {
                let (a, b) = (chance.normal(), chance.normal());
                plane[..12].iter().zip(&plane[12..]).map(|(x, y)| a * x + b * y).collect::<Vec<_>>()
            })
            .collect();
        let shorter = cosines(&project(&vectors, 12, 3), 3);
        for (before, after) in cosines(&vectors, 12).iter().zip(shorter) {
            assert!((before - after).abs() < 1e-3, "{before} became {after}");
        }
    }

    #[test]
    fn shorter_vectors_are_filled_up() {
        let filled = project(&[3.0, 4.0, 0.0, 2.0], 2, 4);
        assert_eq!(filled.len(), 8);
        assert!((cosines(&filled, 4)[1] - 0.8).abs() < 1e-4);
    }
}
