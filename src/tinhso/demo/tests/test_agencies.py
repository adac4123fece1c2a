"""Agencies, posts, officers and offers of the demo province."""

from collections import Counter

from tinhso.demo.province import load_province

PROVINCE = load_province()
OPEN = [agency for agency in PROVINCE.agencies if agency.to_date is None]
CLOSED = [agency for agency in PROVINCE.agencies if agency.to_date is not None]


def test_every_commune_has_its_committee_its_centre_and_its_police() -> None:
    kinds = Counter(agency.kind for agency in OPEN)
    assert kinds["commune_committee"] == kinds["commune_centre"] == kinds["commune_police"] == 148


def test_every_commune_is_served_by_one_land_branch_one_tax_base_and_one_insurance_base() -> None:
    for commune in PROVINCE.units.communes:
        served = Counter(agency.kind for agency in OPEN if commune.key in agency.serves)
        assert served["land_branch"] == served["tax_branch"] == served["social_insurance_branch"] == 1


def test_the_committees_of_the_old_units_ended_with_june_2025_and_name_their_successors() -> None:
    kinds = Counter(agency.kind for agency in CLOSED)
    assert kinds == {"province_committee": 2, "district_committee": 32, "commune_committee": 479}
    assert {str(agency.to_date) for agency in CLOSED} == {"2025-06-30"}
    assert all(agency.successors for agency in CLOSED)


def test_phu_tho_keeps_h44_and_the_two_other_codes_are_closed() -> None:
    by_code = {agency.code: agency for agency in PROVINCE.agencies}
    assert by_code["H44"].to_date is None
    assert by_code["H62"].successors == by_code["H28"].successors == ("ubnd-tinh",)


def test_no_identifier_serves_twice_in_either_scheme() -> None:
    assert len({agency.code for agency in PROVINCE.agencies}) == len(PROVINCE.agencies)
    assert len({agency.old_code for agency in PROVINCE.agencies}) == len(PROVINCE.agencies)


def test_only_the_identifiers_of_the_three_provinces_are_not_invented() -> None:
    assert {agency.code for agency in PROVINCE.agencies if not agency.invented} == {"H44", "H62", "H28"}


def test_police_tax_and_insurance_have_their_parent_in_their_own_line() -> None:
    in_lines = [agency for agency in OPEN if agency.line]
    assert {agency.line for agency in in_lines} == {"G01", "G12"}
    for agency in in_lines:
        if agency.parent_key is not None:
            assert PROVINCE.agency_by_key[agency.parent_key].line == agency.line


def test_parents_come_before_their_children() -> None:
    seen: set[str] = set()
    for agency in PROVINCE.agencies:
        assert agency.parent_key is None or agency.parent_key in seen, agency.key
        seen.add(agency.key)


def test_account_names_are_unique_short_and_plain() -> None:
    names = [officer.username for officer in PROVINCE.officers]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name == name.lower() and len(name) <= 32 for name in names)
    assert {"tiepnhan.viettri", "hotich.viettri", "chutich.paco", "chutich.tinh"} <= set(names)


def test_there_are_about_fourteen_hundred_officers_of_many_names_and_both_sexes() -> None:
    assert 1_200 <= len(PROVINCE.officers) <= 1_500
    assert len({officer.name for officer in PROVINCE.officers}) > 1_200
    sexes = Counter(officer.sex for officer in PROVINCE.officers)
    assert min(sexes.values()) > 0.4 * len(PROVINCE.officers)


def test_every_post_has_a_holder_and_every_holder_a_post() -> None:
    held = [post for officer in PROVINCE.officers for post in officer.posts]
    assert sorted(held) == sorted(post.key for post in PROVINCE.posts)


def test_in_pa_co_one_person_is_clerk_and_receiving_officer() -> None:
    holder = next(officer for officer in PROVINCE.officers if officer.username == "tiepnhan.paco")
    assert set(holder.posts) == {"ubnd-05212/van-thu", "ttpvhcc-05212/tiep-nhan"}
    assert "vanthu.paco" not in {officer.username for officer in PROVINCE.officers}


def test_a_centre_is_headed_by_a_director_who_is_not_a_vice_chair() -> None:
    heads = {post.holder for post in PROVINCE.posts if post.role == "head"}
    leaders = {post.holder for post in PROVINCE.posts if post.role == "leader"}
    assert len(heads) == 149
    assert not heads & leaders


def test_the_province_has_a_publisher_and_an_administrator() -> None:
    assert {"publisher", "admin"} <= {post.role for post in PROVINCE.posts}


def test_the_twelve_procedures_are_offered() -> None:
    assert {offer.procedure for offer in PROVINCE.offers} == {
        "1.001193",
        "1.004873",
        "1.004222",
        "2.000815",
        "2.000986",
        "1.013225",
        "1.012784",
        "1.013831",
        "1.001612",
        "3.000333",
        "1.011607",
        "2.001827",
    }


def test_one_commune_does_not_offer_one_procedure_and_says_who_does() -> None:
    entry = PROVINCE.find_not_offered("2.001827", "05212")
    assert entry is not None
    assert PROVINCE.agency_by_key[entry.instead].short_name == "Sở NN&MT"
    assert PROVINCE.find_not_offered("2.001827", "07900") is None


def test_residence_police_work_on_saturday_morning_and_nobody_else() -> None:
    on_saturday = [hours for hours in PROVINCE.hours if any(session.weekday == 6 for session in hours.weekly)]
    assert [(hours.kinds, hours.sectors) for hours in on_saturday] == [(("commune_police",), ("cu-tru",))]


def test_a_working_day_has_eight_hours() -> None:
    default = next(hours for hours in PROVINCE.hours if hours.default)
    monday = [session for session in default.weekly if session.weekday == 1]
    minutes = [(s.end.hour - s.start.hour) * 60 + s.end.minute - s.start.minute for s in monday]
    assert sum(minutes) == 8 * 60
