"""Finding units by the words of a question: index, language, vocabulary."""
