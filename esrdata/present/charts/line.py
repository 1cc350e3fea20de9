"""A line of text on a chart, which is measured once for all pictures."""

from typing import TYPE_CHECKING, cast

from matplotlib.text import Text

from esrdata.present.charts.letters import measured

if TYPE_CHECKING:
    from matplotlib.backend_bases import RendererBase

#: So much of its width a line has to the left of its place.
_LEFT = {"left": 0.0, "center": 0.5, "right": 1.0}


class Line(Text):
    """One line of text that stands on its baseline.

    matplotlib measures a text anew for each picture, and how high a line of its font is: nothing
    here asks for that, and it took half as long as drawing the letters does.
    """

    def draw(self, renderer: "RendererBase") -> None:
        """Draw the line; matplotlib draws what has a box or was given another look afterwards."""
        text, look = self.get_text(), self.get_fontproperties()
        if not text or not self.get_visible():
            return
        others = (
            self.get_bbox_patch(), self.get_rotation(), self.get_path_effects(), self.get_url(),
            self.get_alpha() is not None, self.get_verticalalignment() != "baseline", "\n" in text,
        )  # fmt: skip
        if any(others):
            super().draw(renderer)
            return
        x, y = self.get_transform().transform(self.get_position())
        if left := _LEFT[self.get_horizontalalignment()]:
            x -= left * cast("float", renderer.points_to_pixels(measured(text, look)))
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        pen = renderer.new_gc()
        pen.set_foreground(self.get_color())
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(pen, x, y, text, look, 0, mtext=self)
        renderer.close_group("text")
        pen.restore()
