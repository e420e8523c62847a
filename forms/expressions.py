"""ODK XPath in one place: parse an expression once, compile it for a form, evaluate it.

parse(source) -> tree          forms/parse.py: the grammar; ExpressionError for what it lacks
Compiler(schema).expr(tree, env) -> Expr   forms/evaluate.py: trees to closures
FUNCTIONS                      forms/functions.py: every function a form may call
"""

from __future__ import annotations

from forms.evaluate import OPERATORS, Compiler
from forms.functions import FUNCTIONS
from forms.parse import Tree, parse
from forms.problems import ExpressionError
from forms.scope import Env, Expr

__all__ = ["FUNCTIONS", "OPERATORS", "Compiler", "Env", "Expr", "ExpressionError", "Tree", "parse"]
