from django.urls import path

from tinhso.systems.procedures.views import free, listing, record, releases

_REVIEW = "can-bo/danh-muc-thu-tuc"
_RELEASES = "can-bo/phien-ban"

urlpatterns = [
    path(_REVIEW, listing.review_list, name="catalogue_review"),
    path(f"{_REVIEW}/mien-phi", free.free_page, name="catalogue_free"),
    path(f"{_REVIEW}/viec/<int:item_id>", record.settle_point, name="catalogue_settle"),
    path(f"{_REVIEW}/viec/<int:item_id>/tiep", record.next_point, name="catalogue_next"),
    path(f"{_REVIEW}/<str:code>", record.record_page, name="catalogue_record"),
    path(_RELEASES, releases.release_list, name="release_list"),
    path(f"{_RELEASES}/ban-soan/<int:draft_id>", releases.draft_page, name="release_draft"),
    path(f"{_RELEASES}/ban-soan/<int:draft_id>/<slug:act>", releases.draft_act, name="release_draft_act"),
    path(f"{_RELEASES}/<str:code>", releases.release_history, name="release_history"),
]
