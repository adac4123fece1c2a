"""The cashier's desk, under the officers' door."""

from django.urls import path

from tinhso.systems.cashier.views import books, decisions, dossier, lists, stray

_DESK = "can-bo/thu-phi"

urlpatterns = [
    path(_DESK, lists.home, name="cashier"),
    path(f"{_DESK}/cho-xac-dinh", lists.strays, name="cashier_strays"),
    path(f"{_DESK}/cho-xac-dinh/<int:entry>", stray.stray, name="cashier_stray"),
    path(f"{_DESK}/cho-xac-dinh/<int:entry>/ghep", stray.match, name="cashier_match"),
    path(f"{_DESK}/cho-xac-dinh/<int:entry>/tra-lai", stray.give_back, name="cashier_give_back"),
    path(f"{_DESK}/hoan-phi", lists.refunds, name="cashier_refunds"),
    path(f"{_DESK}/hoan-phi/<uuid:refund>", decisions.pay_out, name="cashier_pay_out"),
    path(f"{_DESK}/hoan-phi/<uuid:refund>/doi", decisions.change, name="cashier_change_refund"),
    path(f"{_DESK}/de-nghi", lists.proposals, name="cashier_proposals"),
    path(f"{_DESK}/de-nghi/<uuid:proposal>", decisions.proposal, name="cashier_proposal"),
    path(f"{_DESK}/ho-so/<str:code>", dossier.dossier, name="cashier_dossier"),
    path(f"{_DESK}/ho-so/<str:code>/<int:round>/mien-giam", dossier.waiver, name="cashier_waiver"),
    path(f"{_DESK}/ho-so/<str:code>/<int:round>/hoan", dossier.refund, name="cashier_refund"),
    path(f"{_DESK}/ho-so/<str:code>/<int:round>/khong-hoan", dossier.keep, name="cashier_keep"),
    path(f"{_DESK}/bien-lai/<uuid:receipt>", dossier.receipt, name="cashier_receipt"),
    path(f"{_DESK}/tien-mat", books.till, name="cashier_till"),
    path(f"{_DESK}/tien-mat/<int:entry>/ghi-dao", books.undo_deposit, name="cashier_undo_deposit"),
    path(f"{_DESK}/trong-ngay", books.day, name="cashier_day"),
    path(f"{_DESK}/trong-ngay/ghi-bo-sung", books.take_missing, name="cashier_take_missing"),
]
