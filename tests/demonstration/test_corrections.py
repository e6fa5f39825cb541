from jiangxin.demonstration.corrections import grey_picture
from jiangxin.kernel.corrections.rules import kind_of


def test_picture_in_place_of_a_paper_is_a_whole_png():
    assert kind_of(grey_picture()) == "image/png"
