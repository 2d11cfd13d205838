"""Remit: an organization's table as a picture that people can walk through.

From the ground up; imports run downwards only, which the test suite checks:

``problems``    what is wrong with a table, where, and what to do about it
``faults``      the catalogue of faults: sentence, remedy, severity
``model``       an immutable ``Organization``; ``Scope``, the part to be drawn; relations, filters,
                shortest chains, coverage
``files``       files and folders that are written completely or not at all
``reading``     files become tables of text
``importing``   tables become an organization, with a report of how they were understood
``search``      full-text search for units
``settings``    frozen settings; the only reader of the environment
``terminal``    reports and progress on the command line
``words``       the texts of the page, in each of its languages
``view_state``  the keys of a view: values, defaults, address
``diagrams``    a scope becomes a sunburst figure, network elements, or a picture (SVG)
``views``       an organization becomes Dash components and HTML text
``export``      a picture becomes a file: PNG, SVG, PDF
``formats``     an organization becomes files for other programs
``callbacks``   the clientside callbacks of the page
``web``         the server: pages, fragments, search, exports, data; following the dataset
"""
