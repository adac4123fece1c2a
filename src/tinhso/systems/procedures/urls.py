from django.urls import path

from tinhso.systems.procedures.views import free, listing, record

_REVIEW = "can-bo/danh-muc-thu-tuc"

urlpatterns = [
    path(_REVIEW, listing.review_list, name="catalogue_review"),
    path(f"{_REVIEW}/mien-phi", free.free_page, name="catalogue_free"),
    path(f"{_REVIEW}/viec/<int:item_id>", record.settle_point, name="catalogue_settle"),
    path(f"{_REVIEW}/viec/<int:item_id>/tiep", record.next_point, name="catalogue_next"),
    path(f"{_REVIEW}/<str:code>", record.record_page, name="catalogue_record"),
]
