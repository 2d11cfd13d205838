"""The server: pages, fragments, search, exports, data and fonts. It answers GET and HEAD only."""
