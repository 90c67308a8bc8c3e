using GridCases.Attachments;
using GridCases.Tests.Data;

namespace GridCases.Tests.Attachments;

/// <summary>What of a drawn signature would be seen on paper.</summary>
public class PngInkTests
{
    private static bool Stroke(int x, int y) => y is 9 or 10 && x is >= 5 and < 65;

    [Test]
    public void Ink_is_counted_dot_by_dot_and_measured_by_its_longer_side()
    {
        Assert.That(PngInk.Measure(Drawings.Png(100, 30, Stroke)), Is.EqualTo(new PngInk(120, 60)));
        Assert.That(PngInk.Measure(Drawings.Png(100, 30, Stroke, paper: 255)), Is.EqualTo(new PngInk(120, 60)), "white paper is no ink");
        Assert.That(PngInk.Measure(Drawings.Bits(100, 30, Stroke)), Is.EqualTo(new PngInk(120, 60)), "one bit a dot");
    }

    [Test]
    public void An_empty_picture_and_white_ink_hold_nothing()
    {
        Assert.That(PngInk.Measure(Drawings.Png(300, 100, (_, _) => false)), Is.EqualTo(default(PngInk)));
        Assert.That(PngInk.Measure(Drawings.Png(300, 100, (_, _) => false, paper: 255)), Is.EqualTo(default(PngInk)));
    }

    [Test]
    public void A_hand_and_a_single_stroke_are_signatures_and_a_dot_is_none()
    {
        Assert.That(DrawnSignature.HasInk(Drawings.Hand), Is.True);
        Assert.That(DrawnSignature.HasInk(Drawings.Png(100, 30, Stroke)), Is.True, "the name 一");
        Assert.That(DrawnSignature.HasInk(Drawings.Png(100, 100, (x, y) => x is >= 48 and < 57 && y is >= 48 and < 57)), Is.False, "a dot");
        Assert.That(DrawnSignature.HasInk(Drawings.Png(100, 100, (x, y) => x == y && x % 9 == 0)), Is.False, "a few specks");
    }

    [Test]
    public void What_is_no_picture_or_is_cut_off_is_not_measured()
    {
        var whole = Drawings.Hand;
        Assert.That(PngInk.Measure("GIF89a"u8), Is.Null);
        for (var length = 0; length <= whole.Length / 2; length++)
            Assert.That(PngInk.Measure(whole.AsSpan(0, length)), Is.Null, $"{length} bytes");
    }

    [Test]
    public void A_picture_that_would_be_huge_is_not_unpacked()
    {
        var large = Drawings.Hand;
        large[16] = 0x7F;
        Assert.That(PngInk.Measure(large), Is.Null);
    }
}
