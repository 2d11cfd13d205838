"""Remit: an organization's table as a picture that people can walk through.

The house, from the ground up; imports run downwards only, and the suite holds them to it:

``reading``     files become tables of text, and whatever is odd in them is named
``files``       files and folders that are written whole or not at all
``words``       what the page itself says, in each of its languages
``model``       tables become an immutable ``Organization``; a ``Scope`` is the part to be drawn;
                who does what, who passes filters, how two units are connected, who covers what
``diagrams``    a scope becomes a sunburst figure, network elements, or a picture (SVG)
``export``      a picture becomes a file: options, names, PNG, SVG, PDF
``formats``     an organization becomes files for other programs: tables, JSON, graphs, linked data
``views``       an organization becomes Dash components: page, panel, matrix, ...; or HTML text
``callbacks``   which clientside function answers which change of the state
``web``         what the server answers: the page in each language, fragments, search, exports,
                data; and how it follows the file
``settings``    frozen settings; read once by ``app.py`` and passed down
``terminal``    what the command line shows: reports, and that something is going on
"""
