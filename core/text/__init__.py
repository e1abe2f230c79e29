"""Words and text: the vocabulary, and what makes foreign text safe to show or to compute with."""
