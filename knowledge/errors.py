"""What can go wrong with guidance.

GuidanceError                       the guidance folder or the index cannot be used; says what to do
└── VocabularyError                 the vocabulary file is not as described in its first lines
"""


class GuidanceError(Exception):
    """The guidance folder is missing, empty or unreadable; the text is fit for the operator."""


class VocabularyError(GuidanceError):
    """The vocabulary file has an entry that cannot be used."""
