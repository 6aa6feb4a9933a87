// The owner's colour, corrected until text in it and on it has a contrast of 4.5:1 on every surface of the widget.
function rgbOf(hex) {
  const long = /^#?([\da-f]{6})$/i.exec(hex || ''), short = /^#?([\da-f]{3})$/i.exec(hex || '');
  const digits = long ? long[1] : short ? short[1].replace(/./g, '$&$&') : null;
  return digits && [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function mix(rgb, towards, share) { return rgb.map((v, i) => Math.round(v + (towards[i] - v) * share)); }

// The nearest shade of `hex` that can be read on `surface`, and a text colour that can be read on that shade.
function accentFor(hex, dark) {
  const rgb = rgbOf(hex);
  if (!rgb || /^#?0f6b5c$/i.test(hex)) return null; // the built-in pair of the style sheet
  const surface = rgbOf(dark ? '#1e2024' : '#f7f7f5');
  const end = dark ? [255, 255, 255] : [0, 0, 0];
  let shade = rgb;
  for (let share = 0.02; contrast(shade, surface) < 4.5 && share <= 1; share += 0.02) shade = mix(rgb, end, share);
  const on = dark ? mix(shade, [0, 0, 0], 0.86) : [255, 255, 255];
  const css = (c) => 'rgb(' + c.join(',') + ')';
  return { accent: css(shade), on: css(contrast(shade, on) < 4.5 ? [0, 0, 0] : on) };
}
