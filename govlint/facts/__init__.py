"""What follows from a document, computed once and only when asked for."""
