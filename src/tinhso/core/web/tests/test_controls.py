"""Fields find their values and faults by name; forms keep their once key."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template


def draw(source: str, **context: Any) -> str:
    return Template("{% load ts %}" + source).render(Context(context))


def test_a_refused_form_shows_what_was_typed_and_what_is_wrong() -> None:
    html = draw(
        '{% error_summary %}{% field "phone" "Số điện thoại" type="phone" hint="Mười số" %}',
        values=QueryDict("phone=0912"),
        errors={"phone": "Cần đủ 10 chữ số."},
    )
    assert 'value="0912"' in html
    assert 'href="#f-phone"' in html
    assert 'id="f-phone"' in html
    assert 'aria-describedby="f-phone-hint f-phone-fault"' in html
    assert 'aria-invalid="true"' in html


def test_a_fault_of_no_field_is_told_without_a_link() -> None:
    html = draw("{% error_summary %}", errors={"": "Hồ sơ đã nộp rồi."})
    assert "Hồ sơ đã nộp rồi." in html
    assert "<a " not in html


def test_no_faults_no_summary() -> None:
    assert draw("{% error_summary %}", errors={}) == ""


def test_what_people_type_is_never_markup() -> None:
    html = draw('{% field "a" "A" %}{% field "b" "B" type="textarea" %}', values={"a": '"><b>', "b": "</textarea><b>"})
    assert "<b>" not in html


def test_a_password_and_a_file_never_come_back() -> None:
    html = draw('{% field "p" "P" type="password" %}{% field "f" "F" type="file" %}', values={"p": "bí mật", "f": "x"})
    assert "bí mật" not in html
    assert 'value="x"' not in html


def test_the_chosen_options_stay_chosen() -> None:
    options = [("a", "Một"), ("b", "Hai"), ("c", "Ba", "Gợi ý")]
    source = '{% choices "x" "Chọn" o type="checkbox" %}{% field "y" "Chọn" type="select" options=o2 %}'
    html = draw(source, o=options, o2=options[:2], values=QueryDict("x=a&x=c&y=b"))
    assert html.count(" checked") == 2
    assert '<option value="b" selected>' in html


def test_a_partial_date_comes_back_as_typed() -> None:
    html = draw('{% date_field "born" "Ngày sinh" %}', values=QueryDict("born_day=&born_month=31&born_year=1958"))
    assert 'name="born_month" value="31"' in html
    assert 'name="born_year" value="1958"' in html


def test_a_form_shown_again_keeps_its_once_key() -> None:
    assert 'name="_once" value="abc123"' in draw("{% once %}", once="abc123")


def test_two_new_forms_have_two_keys() -> None:
    assert draw("{% once %}") != draw("{% once %}")


def test_one_button_forms_carry_csrf_once_and_what_they_are_given() -> None:
    html = draw('{% post_button "Nhận việc" "/viec/7" version=0 %}', csrf_token="token")
    assert 'action="/viec/7"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'name="_once"' in html
    assert 'name="version" value="0"' in html


def test_a_zero_is_a_value() -> None:
    assert 'value="0"' in draw('{% field "n" "N" type="number" %}', values={"n": 0})
    assert 'value="0"' in draw('{% button "Gửi" name="n" value=0 %}')


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    place = forms.ChoiceField(label="Nơi", choices=[("1", "Quầy 1"), ("2", "Quầy 2")])
    way = forms.ChoiceField(label="Cách", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Đồng ý")


@pytest.mark.parametrize("name", Sample.base_fields)
def test_each_kind_of_django_field_is_drawn_as_ours(name: str) -> None:
    form = Sample({"place": "2", "way": "b"})
    html = draw("{% form_field bound %}", bound=form[name])
    assert str(Sample.base_fields[name].label) in html
    assert f'id="f-{name}"' in html
    assert ("ts-fault" in html) is bool(form[name].errors)


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        draw('{% icon "no-such" %}')
