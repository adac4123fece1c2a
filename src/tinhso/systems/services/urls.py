from django.urls import path

from tinhso.systems.services.views import catalogue, dossier, filing, mine, papers, payment, review, supplement

urlpatterns = [
    path("thu-tuc", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>", catalogue.procedure, name="procedure"),
    path("thu-tuc/<str:code>/noi-nop", catalogue.where_to_file, name="where_to_file"),
    path("nop-ho-so/<uuid:draft>", filing.overview, name="draft"),
    path("nop-ho-so/<str:procedure>", filing.begin, name="begin"),
    path("nop-ho-so/<uuid:draft>/nop/bo", filing.drop, name="draft_drop"),
    path("nop-ho-so/<uuid:draft>/<slug:page>", filing.page, name="draft_page"),
    path("nop-ho-so/<uuid:draft>/nop/giay-to", papers.papers, name="draft_papers"),
    path("nop-ho-so/<uuid:draft>/giay-to/<slug:paper>", papers.paper, name="draft_paper"),
    path("nop-ho-so/<uuid:draft>/tep/<uuid:file>", papers.view, name="draft_file"),
    path("nop-ho-so/<uuid:draft>/tep/<uuid:file>/bo", papers.remove, name="draft_file_remove"),
    path("nop-ho-so/<uuid:draft>/nop/khong-giai-quyet", filing.not_offered, name="draft_not_offered"),
    path("nop-ho-so/<uuid:draft>/nop/nhan-ket-qua", review.receive, name="draft_return"),
    path("nop-ho-so/<uuid:draft>/nop/kiem-tra", review.check, name="draft_check"),
    path("nop-ho-so/<uuid:draft>/nop/gui", review.submit, name="draft_submit"),
    path("cua-toi", mine.mine, name="mine"),
    path("tra-cuu", dossier.find, name="find_dossier"),
    path("tra-cuu/<str:code>", dossier.tracking, name="tracking"),
    path("tra-cuu/<str:code>/thanh-toan", payment.pay, name="pay"),
    path("tra-cuu/<str:code>/thanh-toan/the", payment.pay_by_card, name="pay_by_card"),
    path("tra-cuu/<str:code>/giay/<uuid:slip>", dossier.slip, name="slip"),
    path("tra-cuu/<str:code>/ket-qua/<uuid:result>", dossier.result, name="result"),
    path("tra-cuu/<str:code>/giay-to/<uuid:file>", dossier.paper, name="dossier_paper"),
    path("tra-cuu/<str:code>/rut", dossier.withdraw, name="withdraw"),
    path("tra-cuu/<str:code>/bo-sung", supplement.supply, name="supply"),
    path("tra-cuu/<str:code>/bo-sung/<uuid:file>/bo", supplement.remove, name="supply_remove"),
]
