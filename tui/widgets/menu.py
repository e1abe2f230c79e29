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

from tui.commands.bindings import bindings
from tui.commands.menu_pages import MENU_PAGES, ROOT


class Menu(Tree[str]):
    """Each node's data is the name of its page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("menu")
    HELP = (
        "The menu, named as in the portal: {menu.select_cursor} opens a page, {program.next_place} goes there and back."
    )

    @dataclass
    class Chosen(Message):
        """The person wants to see a page."""

        page: str

    def __init__(self) -> None:
        super().__init__(ROOT, MENU_PAGES[0].name, id="menu")
        self.guide_depth = 2
        self.show_guides = False
        self.auto_expand = False

    def on_mount(self) -> None:
        """Fill the tree; it is always open."""
        self.root.expand()
        branches = {"": self.root}
        for page in MENU_PAGES[1:]:
            if page.branch not in branches:
                branches[page.branch] = self.root.add(page.branch, page.name, expand=True)
            branches[page.branch].add_leaf(page.title, page.name)

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
