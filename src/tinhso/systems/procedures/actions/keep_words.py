"""The vocabulary that misspelt words are compared with, drawn anew from the records."""

from collections import Counter

from tinhso.systems.procedures.models import CatalogueRecord, CatalogueWord


def keep_words() -> None:
    """Bring the vocabulary to the words of today's names and sectors. Call it in the transaction of their change."""
    uses: Counter[str] = Counter()
    for key in CatalogueRecord.objects.values_list("search_key", flat=True):
        uses.update(set(key.split()))
    kept = dict(CatalogueWord.objects.values_list("word", "uses"))
    CatalogueWord.objects.filter(word__in=kept.keys() - uses.keys()).delete()
    CatalogueWord.objects.bulk_create(
        [CatalogueWord(word=word, uses=count) for word, count in sorted(uses.items()) if kept.get(word) != count],
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["uses"],
    )
