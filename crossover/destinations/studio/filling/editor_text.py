"""What stands in the editor of the body, as a reader reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossover.destinations.studio.filling.form_page import FormPage

if TYPE_CHECKING:
    from playwright.sync_api import Locator

_READ = """(root, topicCss) => {
  const topics = [];
  const nameOf = (chip) => {
    try {
      const name = JSON.parse(chip.dataset.topic).name;
      if (name) return String(name);
    } catch { /* the text tells */ }
    return chip.textContent.replace('[话题]#', '').replace(/^#/, '').trim();
  };
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    if (node.matches(topicCss)) {
      topics.push(nameOf(node));
      return '#' + topics.at(-1);
    }
    if (node.tagName === 'BR') {
      const alone = node.parentNode.childNodes.length === 1;
      return alone || node.classList.contains('ProseMirror-trailingBreak') ? '' : '\\n';
    }
    return [...node.childNodes].map(read).join('');
  };
  const blocks = [...root.childNodes].map(read);
  return {text: blocks.join('\\n'), topics};
}"""


@dataclass(frozen=True, slots=True)
class EditorText:
    """The text with each topic as `#name`, a line for each paragraph, and the names of those topics
    that readers can follow."""

    text: str
    topics: tuple[str, ...]

    def reads(self, planned: str) -> bool:
        """Whether it is the planned text; blanks at the end are not seen by anybody."""
        return plain(self.text) == plain(planned)


def plain(text: str) -> str:
    """The text without what a browser puts in the place of blanks, and without blanks at its
    end."""
    return text.replace("\u00a0", " ").rstrip()


def read_editor(form: FormPage, editor: Locator | None = None) -> EditorText:
    """Read the editor of the body. Raises `PageChanged` where there is none."""
    field = editor if editor is not None else form.need("body")
    css = ", ".join(one.css for one in form.contract.elements["topic"].alternatives)
    found = field.evaluate(_READ, css)
    return EditorText(found["text"], tuple(found["topics"]))
