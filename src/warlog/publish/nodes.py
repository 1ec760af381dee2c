"""Lines of text with lines under them: how an explanation is handed over, whatever shows it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A line with lines under it. `style` is "title", "quote", "" for plain."""

    text: str
    style: str = ""
    children: list[Node] = field(default_factory=list)

    def add(self, text: str, style: str = "") -> Node:
        """Put a line under this one and return it."""
        node = Node(text, style)
        self.children.append(node)
        return node

    def fact(self, name: str, value: object) -> None:
        """Put "name: value" under this line, if there is a value."""
        if value not in (None, "", [], ()):
            self.add(f"{name}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}")

    def lines(self, depth: int = 0) -> list[str]:
        """The whole as indented text."""
        return ["  " * depth + self.text, *(line for child in self.children for line in child.lines(depth + 1))]


def one_line(text: str, length: int) -> str:
    """The text on one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
