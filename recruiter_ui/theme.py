"""The look: one accent (petrol), warm neutrals, system fonts, light and dark. Nothing is fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes.utils import colors, sizes

ACCENT = colors.Color(name="petrol", c50="#eef6f9", c100="#d8eaf1", c200="#b3d5e2", c300="#84bacd", c400="#4f99b3",
                      c500="#2b7d99", c600="#1f6680", c700="#1b5468", c800="#184556", c900="#143845", c950="#0b222b")
NEUTRAL = colors.Color(name="stone", c50="#faf9f7", c100="#f3f1ee", c200="#e6e3de", c300="#d2cec7", c400="#a6a19a",
                       c500="#76716a", c600="#58544e", c700="#413e3a", c800="#2a2825", c900="#1d1b19", c950="#141311")
FONT = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "sans-serif"]
MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace"]
HEAD = '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
HERE = Path(__file__).parent


def theme() -> gr.themes.Base:
    """Gradio's base theme in our colours, sizes and fonts."""
    base = gr.themes.Base(primary_hue=ACCENT, secondary_hue=ACCENT, neutral_hue=NEUTRAL, font=FONT, font_mono=MONO,
                          text_size=sizes.text_md, spacing_size=sizes.spacing_md, radius_size=sizes.radius_md)
    return base.set(
        body_background_fill="*neutral_50", body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900", body_text_color_dark="*neutral_100",
        body_text_color_subdued="*neutral_600", body_text_color_subdued_dark="*neutral_400",
        background_fill_primary="white", background_fill_primary_dark="*neutral_900",
        background_fill_secondary="*neutral_100", background_fill_secondary_dark="*neutral_800",
        block_background_fill="white", block_background_fill_dark="*neutral_900",
        block_border_color="*neutral_200", block_border_color_dark="*neutral_700",
        block_label_text_color="*neutral_600", block_label_text_color_dark="*neutral_300",
        block_label_background_fill="transparent", block_label_background_fill_dark="transparent",
        block_label_border_width="0px", block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200", block_title_text_weight="600", block_shadow="none",
        border_color_primary="*neutral_300", border_color_primary_dark="*neutral_700",
        input_background_fill="white", input_background_fill_dark="*neutral_900",
        input_border_color="*neutral_300", input_border_color_dark="*neutral_600",
        input_border_color_focus="*primary_600", input_border_color_focus_dark="*primary_300",
        input_placeholder_color="*neutral_500", input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_600", button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600", button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="white", button_primary_text_color_dark="white",
        button_secondary_background_fill="white", button_secondary_background_fill_dark="*neutral_800",
        button_secondary_background_fill_hover="*neutral_100",
        button_secondary_background_fill_hover_dark="*neutral_700", button_border_width="1px",
        button_primary_border_color="*primary_600", button_primary_border_color_dark="*primary_600",
        button_small_text_weight="500", button_large_text_weight="600", button_large_text_size="*text_md",
        button_secondary_border_color="*neutral_300", button_secondary_border_color_dark="*neutral_600",
        button_secondary_text_color="*neutral_800", button_secondary_text_color_dark="*neutral_100",
        color_accent="*primary_600", color_accent_soft="*primary_50", color_accent_soft_dark="*primary_900",
        link_text_color="*primary_700", link_text_color_dark="*primary_300",
        checkbox_label_background_fill="white", checkbox_label_background_fill_dark="*neutral_800",
        checkbox_label_background_fill_selected="*primary_50",
        checkbox_label_background_fill_selected_dark="*primary_900",
        checkbox_background_color_selected="*primary_600", checkbox_background_color_selected_dark="*primary_500",
        checkbox_border_color="*neutral_500", checkbox_border_color_dark="*neutral_400",
        table_even_background_fill="white", table_even_background_fill_dark="*neutral_900",
        table_odd_background_fill="white", table_odd_background_fill_dark="*neutral_900",
        table_border_color="*neutral_200", table_border_color_dark="*neutral_700",
    )


def css() -> str:
    """Our style sheet."""
    return (HERE / "style.css").read_text(encoding="utf-8")


# Names for what Gradio leaves unnamed; j k step, s r v decide, u takes back while no field has the focus.
JS = """() => {
  const german = /^de\\b/i.test(navigator.language);
  const search = german ? 'Tabelle durchsuchen' : 'Search the table';
  const nobody = german ? 'Niemand gewählt' : 'Nobody picked';
  const steps = german ? ['Vorherige Bewerbung', 'Nächste Bewerbung'] : ['Previous candidate', 'Next candidate'];
  const text = german ? 'Der Text des Dokuments' : "The document's own text";
  document.documentElement.lang = german ? 'de' : 'en';
  const keys = {j: ['#after', '#review-after', '#pick-after'], k: ['#before', '#review-before', '#pick-before'],
    s: ['#decide-shortlist', '#review-shortlist', '#pick-shortlist'],
    r: ['#decide-reject', '#review-reject', '#pick-reject'], v: ['#decide-open', '#review-open', '#pick-open'],
    u: ['#undo', '#review-undo', '#pick-undo']};
  const name = () => {
    const set = (e, label) => e.setAttribute('aria-label', label);
    document.querySelectorAll('.search-input:not([aria-label])').forEach(e => {
      set(e, search); e.placeholder = search; });
    document.querySelectorAll('#pick input:not([placeholder])').forEach(e => e.placeholder = nobody);
    ['#pick-before', '#pick-after'].forEach((id, i) => {
      document.querySelectorAll(id + ':not([aria-label])').forEach(e => set(e, steps[i])); });
    document.querySelectorAll('.image-frame img:not([alt]), .image-frame img[alt=""]').forEach(e => {
      e.alt = e.closest('.block').querySelector('[data-testid=block-label]')?.innerText.trim() || ''; });
    document.querySelectorAll('#document:not([tabindex])').forEach(e => {
      e.tabIndex = 0; e.setAttribute('role', 'region'); set(e, text); });
  };
  new MutationObserver(name).observe(document.body, {childList: true, subtree: true});
  name();
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]';
    if (event.target.closest(typing + ', [role=grid], table')) return;
    const buttons = (keys[event.key] || []).map(id => document.querySelector(id));
    const button = buttons.find(one => one && one.offsetParent);
    if (button) { event.preventDefault(); button.click(); }
  });
}"""
