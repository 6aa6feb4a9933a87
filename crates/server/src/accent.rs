//! The owner's colour on our own pages: the nearest shade of it that can be read, as the widget does (`24-colour.js`).

use std::fmt::Write;

/// The built-in pair stands in the style sheet.
const BUILT_IN: &str = "0f6b5c";
/// What text must stand out by (WCAG AA).
const READABLE: f32 = 4.5;

type Rgb = [f32; 3];

/// Where the colour is shown: the surfaces of `tokens.css`, and where its shades go to be readable.
struct Scheme {
    paper: u32,
    sheet: u32,
    end: u32,
}

const LIGHT: Scheme = Scheme { paper: 0x00f7_f7f5, sheet: 0x00ff_ffff, end: 0 };
const DARK: Scheme = Scheme { paper: 0x0016_171a, sheet: 0x001e_2024, end: 0x00ff_ffff };

/// The colour, words on it, and the surface that is tinted by it.
#[derive(Debug)]
struct Accent {
    shade: Rgb,
    on: Rgb,
    soft: Rgb,
}

/// The rules that follow the style sheet's own; empty for the built-in colour and for what is no colour.
pub(crate) fn rules(hex: &str) -> String {
    let Some(rgb) = parse(hex).filter(|_| !hex.trim_start_matches('#').eq_ignore_ascii_case(BUILT_IN)) else {
        return String::new();
    };
    let (light, dark) = (declared(&LIGHT.shade(rgb)), declared(&DARK.shade(rgb)));
    format!(":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n")
}

impl Scheme {
    fn shade(&self, rgb: Rgb) -> Accent {
        let shades =
            (0..50).map(|step| self.accent(mix(rgb, colour(self.end), f32::from(step as u8) / 50.0)));
        shades
            .into_iter()
            .find(|accent| self.can_read(accent))
            .unwrap_or_else(|| self.accent(colour(self.end)))
    }

    fn accent(&self, shade: Rgb) -> Accent {
        let shade = shade.map(f32::round);
        let on =
            if self.end == 0 { colour(0x00ff_ffff) } else { mix(shade, colour(0), 0.86).map(f32::round) };
        let on = if contrast(shade, on) < READABLE { colour(0) } else { on };
        Accent { shade, on, soft: mix(colour(self.sheet), shade, 0.1).map(f32::round) }
    }

    fn can_read(&self, accent: &Accent) -> bool {
        let surfaces = [colour(self.paper), colour(self.sheet), accent.soft, accent.on];
        surfaces.into_iter().all(|surface| contrast(accent.shade, surface) >= READABLE)
    }
}

fn declared(accent: &Accent) -> String {
    let names = [("accent", accent.shade), ("on-accent", accent.on), ("accent-soft", accent.soft)];
    names.iter().fold(String::new(), |mut out, (name, [r, g, b])| {
        let _ = write!(out, "--{name}:rgb({r} {g} {b});");
        out
    })
}

/// `#rrggbb` or `#rgb`.
fn parse(hex: &str) -> Option<Rgb> {
    let digits = hex.strip_prefix('#').unwrap_or(hex);
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
    match digits.len() {
        6 => Some(colour(number)),
        3 => Some([8, 4, 0].map(|shift| ((number >> shift & 0xf) * 0x11) as f32)),
        _ => None,
    }
}

fn colour(number: u32) -> Rgb {
    [16, 8, 0].map(|shift| (number >> shift & 0xff) as f32)
}

fn mix(from: Rgb, to: Rgb, share: f32) -> Rgb {
    std::array::from_fn(|at| from[at] + (to[at] - from[at]) * share)
}

fn contrast(one: Rgb, other: Rgb) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

fn luminance(rgb: Rgb) -> f32 {
    let linear = |value: f32| match value / 255.0 {
        low if low <= 0.04045 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    };
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_can_be_read_wherever_it_is_shown() {
        let steps = [0.0, 51.0, 102.0, 153.0, 204.0, 255.0];
        for rgb in steps.iter().flat_map(|r| steps.iter().flat_map(|g| steps.map(|b| [*r, *g, b]))) {
            for scheme in [LIGHT, DARK] {
                let accent = scheme.shade(rgb);
                assert!(scheme.can_read(&accent), "{rgb:?} became {accent:?}");
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_is_left_alone_and_another_is_moved() {
        let declares = |hex: &str, shade: &str| rules(hex).contains(&format!("--accent:rgb({shade});"));
        assert!(declares("#7a1f5c", "122 31 92"), "plum on white");
        assert!(declares("#ffc0e0", "255 192 224"), "pink on black");
        assert!(!rules("#777777").contains("rgb(119 119 119)"), "grey can be read on neither");
    }

    #[test]
    fn the_built_in_colour_and_nonsense_change_nothing() {
        for hex in ["#0f6b5c", "#0F6B5C", "", "teal", "#12345", "+12345", "#0f6b5c;}body{display:none"] {
            assert_eq!(rules(hex), "", "{hex}");
        }
        assert_eq!(rules("#a03"), rules("#aa0033"));
    }

    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let sheet = include_str!("assets/tokens.css");
        for Scheme { paper, sheet: white, .. } in [LIGHT, DARK] {
            assert!(sheet.contains(&format!("--paper: #{paper:06x}; --sheet: #{white:06x};")));
        }
    }
}
