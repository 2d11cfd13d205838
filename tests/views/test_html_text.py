from __future__ import annotations

import pytest
from dash import dcc, html

from components.views.attributes import aria, data
from components.views.elements import Input
from components.views.html_text import html_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, ""),
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        (47, "47"),
        (["a", html.Br(), None, "b"], "a<br>b"),
        (html.P("x"), "<p>x</p>"),
        (html.P(), "<p></p>"),
        (html.P(0), "<p>0</p>"),
        (html.Ul(html.Li(["b", html.Em("c")])), "<ul><li>b<em>c</em></li></ul>"),
        (html.H2("x", className="name"), '<h2 class="name">x</h2>'),
        (html.Label("x", htmlFor="search"), '<label for="search">x</label>'),
        (html.Aside(tabIndex=0), '<aside tabindex="0"></aside>'),
        (html.Ul(hidden=True), "<ul hidden></ul>"),
        (html.Ul(hidden=False), "<ul></ul>"),
        (html.P("x", className=None), "<p>x</p>"),
        (html.P("x", **aria(label="<&>")), '<p aria-label="&lt;&amp;&gt;">x</p>'),
        (html.P("x", **data(unit='a"b')), '<p data-unit="a&quot;b">x</p>'),
        (html.Img(src="a.png"), '<img src="a.png">'),
    ],
)  # fmt: skip
def test_components_become_html(content: object, text: str) -> None:
    assert html_text(content) == text


def test_a_component_is_filled_with_the_content_of_its_id() -> None:
    page = html.Main([html.Div(id="a"), html.Div("own", id="b")])

    assert html_text(page, {"a": "<p>x</p>"}) == (
        '<main><div id="a"><p>x</p></div><div id="b">own</div></main>'
    )


def test_a_component_that_is_not_html_is_an_error() -> None:
    with pytest.raises(ValueError, match="Graph is not an HTML component"):
        html_text(html.Div(dcc.Graph(id="a")), {"a": "<svg></svg>"})


def test_an_input_has_attributes_and_no_end_tag() -> None:
    field = Input(id="search", type="text", placeholder='"Who"?', enterKeyHint="search")

    assert html_text(html.Label(field)) == (
        '<label><input id="search" type="text" placeholder="&quot;Who&quot;?"'
        ' enterkeyhint="search"></label>'
    )


def test_a_style_is_an_error_because_the_policy_blocks_it() -> None:
    with pytest.raises(ValueError, match="Span has a style"):
        html_text(html.P(html.Span("x", style={"color": "red"})))
