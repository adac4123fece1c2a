"""Which bank a VietQR code's six digits (BIN) mean, by the name people know it by.

From public lists of VietQR's members, compared with one another; NAPAS's own list was not read (mark: secondary). Banks
change their names: a BIN that is not here is shown as its digits, never guessed.
"""

_NAMES = {
    "970400": "SAIGONBANK",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970406": "Vikki Bank (Đông Á)",
    "970407": "Techcombank",
    "970408": "GPBank",
    "970409": "Bac A Bank",
    "970412": "PVcomBank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970421": "VRB",
    "970422": "MB",
    "970423": "TPBank",
    "970424": "Shinhan Bank",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970430": "PGBank",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "VietBank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BAOVIET Bank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "KienlongBank",
    "970454": "BVBank (Bản Việt)",
    "970457": "Woori Bank",
}


def bank_name(bin_: str) -> str:
    """`970436` as `Vietcombank`; empty for a BIN that is not known."""
    return _NAMES.get(bin_, "")
