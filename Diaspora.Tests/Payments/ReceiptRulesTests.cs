using System.Text;
using Diaspora.Domain.Payments;
using Xunit;

namespace Diaspora.Tests.Payments;

public sealed class ReceiptRulesTests
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("FFD8FFDB0043", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000000D", "image/png")]
    [InlineData("52494646240000005745425056503820", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    public void Look_AtTheFirstBytes_KnowsReceipts(string head, string type) => Assert.Equal(type, ReceiptRules.ContentTypeOf(Convert.FromHexString(head)));

    [Theory]
    [InlineData("")]
    [InlineData("FFD8")]
    [InlineData("89504E47")]
    [InlineData("524946462400000057415645")]
    [InlineData("5249464624000000")]
    [InlineData("474946383961")]
    [InlineData("504B0304")]
    [InlineData("4D5A9000")]
    public void Look_AtAnythingElse_IsNoReceipt(string head) => Assert.Null(ReceiptRules.ContentTypeOf(Convert.FromHexString(head)));

    [Theory]
    [InlineData("<html><script>")]
    [InlineData("<svg xmlns=")]
    [InlineData(" %PDF-1.7")]
    public void Look_AtPagesThatRun_IsNoReceipt(string text) => Assert.Null(ReceiptRules.ContentTypeOf(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("чек.pdf", "чек.pdf")]
    [InlineData("C:\\Users\\Айгюн\\чек.pdf", "чек.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\"b<c>d|e:f*g?.png", "abcdefg.png")]
    [InlineData("чек\r\nX-Header: 1.png", "чекX-Header 1.png")]
    [InlineData("чек\u202Egnp.exe", "чекgnp.exe")]
    [InlineData("  чек.pdf  ", "чек.pdf")]
    [InlineData("", "receipt")]
    [InlineData(null, "receipt")]
    [InlineData("???", "receipt")]
    [InlineData("folder/", "receipt")]
    public void Tidy_AnyFileName_IsHarmless(string? given, string tidy) => Assert.Equal(tidy, ReceiptRules.TidyName(given));

    [Theory]
    [InlineData("чек.png", ReceiptRules.Jpeg, "чек.jpg")]
    [InlineData("IMG_0001.JPEG", ReceiptRules.Jpeg, "IMG_0001.JPEG")]
    [InlineData("чек.JPG", ReceiptRules.Jpeg, "чек.JPG")]
    [InlineData("чек 10.05", ReceiptRules.Jpeg, "чек 10.05.jpg")]
    [InlineData("photo.pdf", ReceiptRules.Jpeg, "photo.jpg")]
    [InlineData("receipt", ReceiptRules.Pdf, "receipt.pdf")]
    [InlineData("чек.html", ReceiptRules.Pdf, "чек.html.pdf")]
    public void Name_ToSave_EndsAsWhatIsInIt(string given, string type, string saved) => Assert.Equal(saved, ReceiptRules.NameToSave(given, type));

    [Fact]
    public void Tidy_LongName_KeepsItsEndAndNoHalfOfASign()
    {
        var tidy = ReceiptRules.TidyName(string.Concat(Enumerable.Repeat("😀", 80)) + "1.pdf");
        Assert.True(tidy.Length <= 100);
        Assert.EndsWith("1.pdf", tidy, StringComparison.Ordinal);
        Assert.False(char.IsLowSurrogate(tidy[0]));
    }

    /// <summary>What phones make their photos in and what cannot be opened here is named, so that its owner hears of the way out: by its content, whatever it is called.</summary>
    [Theory]
    [InlineData("heic")]
    [InlineData("heix")]
    [InlineData("hevc")]
    [InlineData("hevx")]
    [InlineData("heim")]
    [InlineData("heis")]
    [InlineData("mif1")]
    [InlineData("msf1")]
    [InlineData("avif")]
    [InlineData("avis")]
    public void Look_AtAPhotoOfAPhone_SaysThatItIsOne(string brand)
    {
        byte[] head = [0, 0, 0, 24, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0];
        Assert.Equal("FilePhoneFormat", ReceiptRules.RefusalOf(head).Code);
    }

    [Theory]
    [InlineData("00000018667479706D70343200000000")]
    [InlineData("3C68746D6C3E3C7363726970743E0000")]
    [InlineData("474946383961")]
    public void Look_AtWhatIsNoPhoto_IsTheWrongKind(string head) => Assert.Equal(Problems.FileWrongKind, ReceiptRules.RefusalOf(Convert.FromHexString(head)).Code);
}
