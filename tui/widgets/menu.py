"""The menu tree at the left, named as in the vendor's portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from tui.commands.definitions import bindings

ROOT = "MY ORGANIZATION"


class Menu(Tree[str]):
    """Each node's data is the name of its page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("menu")
    HELP = "The menu, named as in the portal: Enter opens a page, tab goes there and back."

    @dataclass
    class Chosen(Message):
        """The person wants to see a page."""

        page: str

    def __init__(self) -> None:
        super().__init__(ROOT, "home", id="menu")
        self.guide_depth = 2
        self.show_guides = False
        self.auto_expand = False

    def on_mount(self) -> None:
        """Fill the tree; it is always open."""
        self.root.expand()
        accounts = self.root.add("Accounts", "accounts", expand=True)
        accounts.add_leaf("My accounts", "accounts")
        accounts.add_leaf("Reports", "reports")
        for label, page in (
            ("Targeted lists", "targets"),
            ("Import", "import"),
            ("Settings", "settings"),
            ("Help", "help"),
        ):
            self.root.add_leaf(label, page)

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """Return a node's label without the arrows of a tree that folds: this one does not."""
        return Text.assemble((str(node.label), base_style + style))

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Tell which page was chosen."""
        event.stop()
        if event.node.data:
            self.post_message(self.Chosen(event.node.data))

    def show_page(self, page: str) -> None:
        """Put the cursor on the last node of a page: on My accounts rather than on Accounts."""
        nodes = [node for node in _all(self.root) if node.data == page]
        if nodes:
            self.move_cursor(nodes[-1])


def _all(node: TreeNode[str]) -> list[TreeNode[str]]:
    return [node, *(below for child in node.children for below in _all(child))]
