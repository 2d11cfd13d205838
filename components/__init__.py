"""Remit: an organization's table as a picture that people can walk through.

The house, from the ground up; imports run downwards only, and the suite holds them to it:

``words``       what the page itself says, in each of its languages
``model``       tables become an immutable ``Organization``; a ``Scope`` is the part to be drawn;
                who does what, who passes filters, how two units are connected, who covers what
``diagrams``    a scope becomes a sunburst figure, network elements, or a picture (SVG)
``export``      a picture becomes a file: options, names, PNG, SVG, PDF
``views``       an organization becomes Dash components: page, panel, matrix, ...; or HTML text
``callbacks``   which clientside function answers which change of the state
``web``         what the server answers: the page in each language, fragments, search, exports
``settings``    frozen settings; read once by ``app.py`` and passed down
"""
