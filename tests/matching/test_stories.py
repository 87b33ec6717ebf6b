"""Who is offered as the same person, and who is not: each story is two records side by side."""

from datetime import date

import pytest

from conferences.matching import Band, Facts, choose, judge, keys, reaching


def who(name: str, born: str | None = "1991-03-12", **more: object) -> Facts:
    """A person of this name, born on one day unless the story is about the date."""
    return Facts(name=name, born=born, **more)  # type: ignore[arg-type]


def offered(asked: Facts, held: Facts) -> bool:
    """Whether a worker of an area would be shown the one for the other, both ways round."""
    there, back = choose(asked, [("held", held)]), choose(held, [("asked", asked)])
    assert bool(there) == bool(back)
    return bool(there)


ONE_NAME = [
    ("Siobhán O'Neill", "Shivaun ONeil"),
    ("Aoife Ní Bhriain", "Eefa O'Brien"),
    ("Niamh McCarthy", "Neve MacCarthy"),
    ("Llywelyn ap Rhys", "Llewellyn Rees"),
    ("Dafydd Gruffydd", "David Griffiths"),
    ("Siân Pugh", "Sian Hughes"),
    ("Mohammed Hussain", "Muhamad Hussein"),
    ("محمد حسين", "Mohammed Hussain"),
    ("Khadija Choudhury", "Khadeeja Chaudhry"),
    ("Harpreet Kaur Gill", "Harprit Gill"),
    ("Abdul Rahman Siddiqui", "Abdurrahman Siddiqi"),
    ("Oluwaseun Adeyemi", "Seun Adeyemi"),
    ("Okonkwo Chukwuemeka", "Emeka Okonkwo"),
    ("Katarzyna Wiśniewska", "Kasia Wisniewski"),
    ("Łukasz Dąbrowski", "Lukasz Dombrowski"),
    ("张伟", "Wei Zhang"),
    ("Xu Xiaoming", "Hsiao-ming Hsu"),
    ("CHEUNG Wai Man", "Wai-man Cheung"),
    ("Elizabeth Warren-Hodge", "Betty Hodge"),
    ("Nguyen Thi Lan", "Nguyễn Thị Lan"),
    ("浩国强", "Guoqiang Hao"),
    ("Mr 欧阳小明", "Ouyang Xiao Ming"),
    ("Pshemyslav Sieniak", "Przemysław Sieniak"),
    ("فاطمة عثمان", "Fatima Osman"),
    ("حسن المصري", "Hassan Al-Masri"),
    ("عمر حداد", "Omar Haddad"),
    ("Andzia Sawicka", "Anna Sawicka"),
    ("Ussy Hussain", "Usman Hussain"),
    ("Didi Healy", "Deirdre Healy"),
    ("Mindi Johal", "Mohinder Johal"),
    ("Brendo Kane", "Brendan Kane"),
    ("Catherine Brennan", "Caitríona Brennan"),
    ("Mrs Fatima Bint Yusuf Al-Hashimi", "Fatimah Hashemi"),
    ("Kostas Georgiou", "Konstantinos Georgiou"),
    ("Itzik Rosenberg", "Yitzchak Rosenberg"),
    ("Zé Carvalho", "José Carvalho"),
    ("Lenuța Ionescu", "Elena Ionescu"),
    ("Ismaaciil Jaamac", "Ismail Jama"),
    ("Pan Wei Ming", "Wei-Ming Poon"),
    ("Jun Jie Wang", "Wang Chun-Chieh"),
    ("SUN, Meiling", "Sun Mei Ling"),
    ("Tszho Liu", "Liu Tsz Ho"),
    ("Ang Penarth", "Angharad Penarth"),
    ("Ade Owusu", "Adenike Owusu"),
    ("Ho Thi Hoa", "Thị Hoa Hồ"),
    ("Daniel Marsh Junior", "Daniel Marsh"),
]


@pytest.mark.parametrize(("asked", "held"), ONE_NAME)
def test_one_name_spelt_two_ways_with_one_date_of_birth_is_offered(asked: str, held: str) -> None:
    assert offered(who(asked), who(held))


@pytest.mark.parametrize(("asked", "held"), ONE_NAME)
def test_and_is_filed_under_a_key_of_its_own_name(asked: str, held: str) -> None:
    assert keys(who(asked), asking=True) & keys(who(held))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Marharet Ainsworth", "Margaret Ainsworth"), ("Jonathan Brayhsaw", "Jonathan Brayshaw"),
     ("Kasai Nowak", "Katarzyna Nowak"), ("Thmas Entwistl", "Thomas Entwistle")],
)  # fmt: skip
def test_slips_of_the_pen_are_seen_through(typed: str, name: str) -> None:
    assert offered(who(typed), who(name))


TWINS = [
    ("Amina Hussain", "Halima Hussain"), ("Hassan Raza", "Hussain Raza"), ("Harpreet Kaur", "Gurpreet Kaur"),
    ("Zhang Wei", "Zhang Ling"), ("Ella Marsh", "Emma Marsh"), ("Jayden Cole", "Hayden Cole"),
    ("Taiwo Balogun", "Kofo Balogun"), ("Mohammed Ali Khan", "Mohammed Imran Khan"),
    ("Jia Wang", "Jing Wang"), ("Amina Khan", "Aliya Khan"), ("Anio Khaira", "Anjali Khaira"),
    ("Faith Okafor", "Grace Okafor"), ("Jan Nowak", "Adam Nowak"), ("Taiwo Ojo", "Kehinde Ojo"),
    ("Zhou Yu Xin", "Zhou Yu Lan"), ("Mei Ling Chen", "Wei Ming Chen"), ("Li Wei", "Li Fei"),
    ("Nguyen Thi Lan", "Nguyen Thi Mai"), ("Nguyen Van Hung", "Nguyen Van Nam"),
    ("Nguyen Thi Hoa", "Nguyen Thu Ha"), ("Ho Thi Hoa", "Ho Thi Lan"), ("Jan Nowak", "Jana Nowak"),
    ("Asli Kaya", "Ozlem Kaya"), ("Muhammad Ali", "Muhammad Asif"), ("Abdul Karim", "Abdul Kadir"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_at_one_address_are_two_people(one: str, other: str) -> None:
    home = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",), "postcodes": ("ZZ99 1AA",)}
    assert not offered(who(one, **home), who(other, **home))


def test_two_names_a_letter_apart_at_one_address_are_two_people_when_no_date_is_known() -> None:
    hostel = {"phones": ("01632 960123",), "address_lines": ("1 Quay House",), "postcodes": ("ZZ99 1AA",)}
    assert not offered(who("Sana Khan", None, **hostel), who("Sara Khan", None, **hostel))
    assert offered(who("Carolina Khan", None, **hostel), who("Karolina Khan", None, **hostel))


def test_first_names_alike_only_in_a_slip_are_brother_and_sister_when_the_date_or_the_sex_differs() -> None:
    home = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",), "postcodes": ("ZZ99 1AA",)}
    elder = who("Xiaoming Chen", "1991-03-12", **home)
    assert not offered(who("Xiaoling Chen", "1993-10-27", **home), elder)
    assert offered(who("Xiaoming Chen", "1993-10-27", **home), elder)
    wife, husband = who("Ferishte Adami", None, sex="F", **home), who("Ferishta Adami", None, sex="M", **home)
    assert not offered(wife, husband)


def test_junior_and_senior_are_two_people() -> None:
    home = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",), "postcodes": ("ZZ99 1AA",)}
    assert not offered(who("Daniel Marsh Jr", None, **home), who("MARSH, Daniel (Snr)", None, **home))
    assert offered(who("Daniel Marsh Jr", None, **home), who("Daniel Marsh", None, **home))
    assert offered(who("Sr Mary Marsh", None, **home), who("Mary Marsh", None, **home))


def test_father_and_son_of_one_name_at_one_address_are_two_people() -> None:
    home = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",), "postcodes": ("ZZ99 1AA",)}
    father, son = who("Daniel Marsh", "1961-03-12", **home), who("Daniel Marsh", "1991-03-12", **home)
    assert judge(father, son) is None
    assert not offered(who("Daniel Marsh", "1961", **home), son)


def test_two_people_of_one_name_born_on_other_days_are_two_people() -> None:
    assert not offered(who("Mohammed Khan", "1991-03-12"), who("Mohammed Khan", "1988-11-27"))
    assert not offered(who("Orla Fenwright", "1991-03-12"), who("Orla Fenwright", "1991-08-27"))


def test_people_who_shared_a_hostel_are_not_one() -> None:
    hostel = {"phones": ("01632 960123",), "address_lines": ("1 Quay House",), "postcodes": ("ZZ99 1AA",)}
    assert not offered(who("Lena Marsh", "1991-03-12", **hostel), who("Ruth Adeyemi", "1984-01-30", **hostel))
    assert not offered(who("Lena Marsh", "1991-03-12", **hostel), who("Lena Osei", "1984-01-30", **hostel))


@pytest.mark.parametrize("born", ["1991-12-03", "1992-03-12", "1981-03-12", "1919-03-12", "1991-03-13"])
def test_a_slip_in_the_date_is_forgiven_where_it_is_a_slip(born: str) -> None:
    assert offered(who("Orla Fenwright", born), who("Orla Fenwright")) is (born != "1919-03-12")


def test_the_day_before_is_a_slip_over_the_end_of_a_month_too() -> None:
    for one, other in (
        ("1991-03-09", "1991-03-10"),
        ("1991-03-31", "1991-04-01"),
        ("1992-02-29", "1992-03-01"),
    ):
        assert offered(who("Orla Fenwright", one), who("Orla Fenwright", other))
    assert not offered(who("Orla Fenwright", "1992-02-28"), who("Orla Fenwright", "1992-03-01"))


@pytest.mark.parametrize(
    "typed", ["14 Mill Rd, Flat 2", "FLAT 2 14 MILL RD.", "Flat 2, Quay House, 14 Mill Road, Leeds"]
)
def test_one_flat_is_known_again_however_its_line_is_put(typed: str) -> None:
    held = who("Aimee Fenwrite", "1991", address_lines=("Flat 2, 14 Mill Road",))
    assert offered(who("Amy Fenwright", None, address_lines=(typed,)), held)
    assert not offered(who("Amy Fenwright", None, address_lines=("Flat 3, 14 Mill Road",)), held)


@pytest.mark.parametrize(
    ("born", "slipped"),
    [("1969-11-07", "1996-11-07"), ("1939-03-16", "1993-03-16"), ("1953-10-17", "1956-10-17"),
     ("2001-10-21", "2006-10-21")],
)  # fmt: skip
def test_one_digit_or_two_turned_round_are_a_slip_in_the_year(born: str, slipped: str) -> None:
    assert offered(who("Nasreen Malik", born), who("Nasreen Malik", slipped))
    assert not offered(who("Nasreen Malik", born), who("Nasreen Malik", f"{slipped[:5]}01-01"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("MK", "Mariama Kamara"), ("Mr L.H.B.", "Leon Henryk Borkowski"), ("Y Z", "Zhuo Yihan"),
     ("Mr T. Xiang", "Xiang Tao")],
)  # fmt: skip
def test_letters_alone_are_read_as_initials(typed: str, name: str) -> None:
    found = judge(who(typed), who(name))
    assert found is not None
    assert found.band is Band.POSSIBLE
    assert judge(who(typed, "1991-03-13"), who(name)) is None


def test_initials_with_the_exact_date_are_a_softer_band() -> None:
    found = judge(who("S. Fenwright"), who("Siobhan Fenwright"))
    assert found is not None
    assert found.band is Band.POSSIBLE
    assert found.score <= 0.6
    assert judge(who("S. Fenwright", "1991"), who("Siobhan Fenwright")) is None


def test_a_common_name_alone_says_too_little_in_any_language() -> None:
    for name in ("John Smith", "Mohammed Khan", "Harpreet Kaur", "Nguyen Tran", "Wei Wang", "Anna Nowak"):
        assert not offered(who(name, None), who(name, None))
    assert offered(who("Orlaith Fenwright-Quill", None), who("Orlaith Fenwright Quill", None))


def test_a_married_name_is_found_by_its_former_name_or_by_what_did_not_change() -> None:
    before = who("Lena Ainsworth", sex="F")
    assert offered(who("Lena Brayshaw", sex="F"), who("Lena Ainsworth", former_names=("Brayshaw",)))
    assert offered(who("Lena Brayshaw", sex="F", phones=("+44 7700 900123",)),
                   who("Lena Ainsworth", sex="F", phones=("07700 900123",)))  # fmt: skip
    assert not offered(who("Lena Brayshaw", None, sex="F"), before)


def test_a_changed_surname_is_seen_through_with_a_birthday_on_1_january_and_one_telephone() -> None:
    before = who("Martyna Adamczyk", "1980-01-01", sex="F", phones=("07700 900123",))
    assert offered(who("Martyna Jassal", "1980-01-01", sex="F", phones=("07700 900123",)), before)
    assert not offered(who("Martyna Jassal", "1980", sex="F", phones=("07700 900123",)), before)


def test_reasons_are_said_in_words() -> None:
    found = judge(who("Siobhan O'Neill", "1991-12-03"), who("Shivaun ONeil", "1991-03-12"))
    assert found is not None
    assert found.reasons == (
        "Form of the same name: Siobhan / Shivaun",
        "Form of the same name: Oneill / Oneil",
        "Day and month of birth swapped",
    )


def test_two_names_that_are_both_forms_of_a_third_are_two_names_at_one_address() -> None:
    home = {"phones": ("01632 960123",), "address_lines": ("12 Elm Road",)}
    assert not offered(who("Sinead Ryan", **home), who("Siobhan Ryan", **home))


def test_the_score_does_not_depend_on_who_else_is_held() -> None:
    asked, held = who("Lena Ainsworth", "1991-12-03"), who("Lena Ainsworth")
    alone = choose(asked, [("held", held)])
    among = choose(asked, [("other", who("Leena Ainsworth")), ("held", held)])
    assert alone[0] in among


def test_people_of_one_bare_name_are_not_shown_when_they_are_many() -> None:
    held = who("Orla Fenwright", "1991")
    assert choose(who("Orla Fenwright", "1991-03-12"), [(1, held)], namesakes=lambda _: 3)
    assert not choose(who("Orla Fenwright", "1991-03-12"), [(1, held)], namesakes=lambda _: 300)


def test_records_found_to_be_one_persons_count_as_one_however_many_they_are() -> None:
    """Somebody who harmed a third and a fourth person is still offered."""
    asked = who("Derrin Quillfeather", "1987")
    held = [(name, who("Derrin Quillfeather", "1987")) for name in ("first", "second", "third", "fourth")]
    assert not choose(asked, held)
    whose = {"first": "he", "second": "he", "third": "he", "fourth": "his cousin"}
    assert len(choose(asked, held, person=whose.__getitem__)) == 4


def test_an_age_counts_from_the_day_it_was_told() -> None:
    asked = who("Orla Fenwright", None, age=35, asked_on=date(2026, 11, 23))
    assert offered(asked, who("Orla Fenwright", "1991-03-12"))
    assert not offered(asked, who("Orla Fenwright", "1971-03-12"))


def test_a_person_of_the_other_sex_scores_less() -> None:
    same, other = who("Alex Fenwright", sex="F"), who("Alex Fenwright", sex="M")
    alike, unlike = judge(same, same), judge(same, other)
    assert alike is not None
    assert unlike is not None
    assert unlike.score < alike.score


def test_nobody_is_found_for_nothing() -> None:
    assert not offered(Facts(), Facts())
    assert not offered(Facts(), who("Lena Marsh"))
    assert keys(Facts()) == frozenset()


@pytest.mark.parametrize(
    ("typed", "mail"),
    [
        ("Sam.Quill+home@GoogleMail.com", "samquill@gmail.com"),
        ("Sam Quill <sam@quill.example>", "sam@quill.example"),
        ("mailto:SAM@quill.example.", "sam@quill.example"),
        ("s.quill@quill.example", "s.quill@quill.example"),
        ("sam at quill", ""),
        ("@quill.example", ""),
    ],
)
def test_a_mail_address_has_one_spelling(typed: str, mail: str) -> None:
    assert reaching.mail(typed) == mail


def test_one_mail_address_says_as_much_as_one_telephone() -> None:
    one = Facts(name="Samantha Quill", mails=("sam@quill.example",))
    other = Facts(name="Sam Quill", mails=("SAM@quill.example",))
    alike, apart = judge(one, other), judge(one, Facts(name="Sam Quill"))
    assert alike is not None
    assert apart is not None
    assert alike.bits - apart.bits == 12.0
    assert "Same mail address" in alike.reasons
    assert "msam@quill.example" in keys(one) & keys(other)
