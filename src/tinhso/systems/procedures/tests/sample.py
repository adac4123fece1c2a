"""Records in the shape of the national catalogue, written for the tests; the procedures are made up."""

from typing import Any

CHANNELS_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LAWS_HEADER = "Tên văn bản pháp lýMã văn bản"
FURNITURE = (
    "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngành-- Chọn Tỉnh/ Thành phố --Phường/ XãSở-- Chọn Phường/ Xã --"
    "Hệ thống chỉ hiển thị những cơ quan đã áp dụng dịch vụ công trực tuyếnNộp hồ sơ"
)
TAIL = "Từ khóaKhông có thông tinMô tảKhông có thông tin"


def record(**changes: Any) -> dict[str, Any]:
    """A whole record, every field readable; `changes` replace raw fields."""
    return {
        "ma_thu_tuc": "9.000001",
        "ten_thu_tuc": "Cấp thẻ đọc sách",
        "so_quyet_dinh": "77/QĐ-BXYZ",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
        "linh_vuc": "Thư viện",
        "doi_tuong_thuc_hien": "Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức",
        "co_quan_thuc_hien": "Sở Thư viện, Thuế tỉnh, thành phố, Công an cấp Xã",
        "co_quan_co_tham_quyen": "",
        "co_quan_duoc_uy_quyen": "",
        "co_quan_phoi_hop": "",
        "dia_chi_tiep_nhan": "",
        "thu_tuc_lien_quan": "Không có thông tin",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\n- Kiểm tra.\nBước 2: Nhận thẻ.",
        "cach_thuc_thuc_hien": CHANNELS_HEADER + "Trực tiếp3 Ngày làm việcMiễn phí(Không)",
        "thanh_phan_ho_so": f"--{PAPERS_HEADER}Đơn xin thẻ1 bản chính",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": f"Thẻ đọc sáchMã: KQ.G99.000001{TAIL}{FURNITURE}",
        "can_cu_phap_ly": f"{LAWS_HEADER}Luật Thư viện46/2019/QH14",
        "bo_nganh": "bo-xyz",
        **changes,
    }
