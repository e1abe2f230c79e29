"""The grammar of filters: text to a tree, a tree to SQL, a tree to a sentence."""
