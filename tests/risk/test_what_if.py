"""A what-if scores stored answers under other rules and agrees with the whole explanation."""

import risk


def test_a_lower_line_refers_more_people():
    dash = risk.edition("safelives-dash-ric")
    stored = [({str(n): "yes" if n <= yes else "no" for n in range(1, 25)}, None) for yes in (9, 10, 13, 14)]
    now = list(risk.what_if(dash, "safelives-national", stored))
    then = list(risk.what_if(dash, "local-threshold-10", stored))
    assert [one.refer for one in now] == [False, False, False, True]
    assert [one.refer for one in then] == [False, True, True, True]
    assert (then[1].level, then[1].score_min, then[1].score_max) == ("high", 10, 10)
