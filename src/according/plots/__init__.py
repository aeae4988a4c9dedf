"""Pictures of what was inferred: holders over time, tolls by source, ties of an actor; as SVG and PNG."""

from according.plots.graph import tie_graph
from according.plots.holders import holder_picture
from according.plots.picture import write_picture
from according.plots.terminal import holder_lines
from according.plots.tolls import toll_picture

__all__ = ["holder_lines", "holder_picture", "tie_graph", "toll_picture", "write_picture"]
