using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Ingest.Files;

namespace Stockgate.Domain.Tests.Ingest.Files;

public class FileReaderTests
{
    [Fact]
    public async Task A_row_is_an_object_of_its_columns()
    {
        var record = Assert.Single(await Lines.ReadAsync("sku;location;units\r\nA-1;store-01;4,5\r\n", Lines.Csv with { Separator = ';' }));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["sku"] = "A-1",
                ["location"] = "store-01",
                ["units"] = "4,5",
            },
            Lines.ValuesOf(record)
        );
        Assert.Equal(2, record.Line);
    }

    [Fact]
    public async Task A_row_knows_its_file_and_its_line()
    {
        var record = Assert.Single(await Lines.ReadAsync("sku\nA\n"));
        Assert.Equal(
            """{"sku":"A","_file":"stock.csv","_version":"abc123","_line":"2","_received":"2026-03-01T06:00:00.0000000Z"}""",
            Encoding.UTF8.GetString(record.Content.Span)
        );
    }

    [Theory]
    [InlineData("sku,text\nA,\"a, b\"\n", "a, b")]
    [InlineData("sku,text\nA,\"say \"\"hi\"\"\"\n", "say \"hi\"")]
    [InlineData("sku,text\nA,\"two\nlines\"\n", "two\nlines")]
    [InlineData("sku,text\nA,\"two\r\nlines\"\r\n", "two\r\nlines")]
    [InlineData("sku,text\nA,5\" pipe\n", "5\" pipe")]
    [InlineData("sku,text\nA,last line without its end", "last line without its end")]
    [InlineData("\uFEFFsku,text\nA,with a mark\n", "with a mark")]
    [InlineData("sku,text\n\n  \nA,after blank lines\n", "after blank lines")]
    [InlineData("sku,text\nA,Ärmel\n", "Ärmel")]
    public async Task Quotes_line_ends_and_marks_are_read(string file, string text) =>
        Assert.Equal(text, Lines.ValuesOf(Assert.Single(await Lines.ReadAsync(file)))["text"]);

    [Fact]
    public async Task An_empty_value_is_a_missing_one() =>
        Assert.DoesNotContain("b", Lines.ValuesOf(Assert.Single(await Lines.ReadAsync("a,b,c\n1,,3\n"))).Keys);

    [Theory]
    [InlineData("a,b\n1,2,3\n", "has 3 values where 2 are expected")]
    [InlineData("a,b\n1\n", "has 1 value where 2 are expected")]
    public async Task A_row_of_other_length_is_broken_and_the_next_is_read(string file, string reason)
    {
        var records = await Lines.ReadAsync(file + "4,5\n");
        Assert.Equal(reason, records[0].Broken?.Reason);
        Assert.Null(records[1].Broken);
    }

    [Theory]
    [InlineData("a,a\n", "two columns are called 'a'")]
    [InlineData("a,,c\n", "column 2 has no name in the first row")]
    public async Task A_first_row_that_names_no_columns_is_refused(string file, string reason) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<FileBrokenException>(() => Lines.ReadAsync(file))).Message);

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_read_the_whole_file()
    {
        var file = "a\n1\n\"" + new string('x', 2 * LineCutter.MostBytes);
        var broken = await Assert.ThrowsAsync<FileBrokenException>(() =>
            Lines.ReadAsync(Encoding.UTF8.GetBytes(file), Lines.Csv, FilePosition.Start)
        );
        Assert.Equal(3, broken.Line);
    }

    [Fact]
    public async Task Another_encoding_is_read_and_a_wrong_one_is_named()
    {
        var file = Encoding.Latin1.GetBytes("text\nÄrmel\n");
        var latin = Lines.Csv with { Encoding = TextEncodings.Find("windows-1252")! };
        Assert.Equal("Ärmel", Lines.ValuesOf(Assert.Single(await Lines.ReadAsync(file, latin, FilePosition.Start)))["text"]);
        var wrong = Assert.Single(await Lines.ReadAsync(file, Lines.Csv, FilePosition.Start));
        Assert.Equal("is not text in utf-8; set the encoding that the file is written in", wrong.Broken?.Reason);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("windows-1252", true)]
    [InlineData("iso-8859-15", true)]
    [InlineData("ibm850", true)]
    [InlineData("utf-16", false)]
    [InlineData("IBM037", false)]
    [InlineData("no-such", false)]
    public void Encodings_are_those_with_the_bytes_of_ASCII(string name, bool isOne) =>
        Assert.Equal(isOne, TextEncodings.Find(name) is not null);

    [Fact]
    public async Task Columns_of_a_file_without_a_header_are_those_of_the_form()
    {
        var form = Lines.Csv with { HasHeader = false, Columns = [new("sku"), new("units")] };
        var record = Assert.Single(await Lines.ReadAsync("A,4\n", form));
        Assert.Equal("4", Lines.ValuesOf(record)["units"]);
        Assert.Equal(1, record.Line);
    }

    [Fact]
    public async Task Columns_of_fixed_width_stand_at_their_place_and_blanks_may_be_cut_off()
    {
        var form = new FileForm { Kind = FileKind.FixedWidth, Columns = [new("sku", 1, 6), new("units", 7, 4), new("note", 11, 5)] };
        var records = await Lines.ReadAsync("A-1     12 odd\nB-2\n", form);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["sku"] = "A-1",
                ["units"] = "12",
                ["note"] = "odd",
            },
            Lines.ValuesOf(records[0])
        );
        Assert.Equal(["sku"], Lines.ValuesOf(records[1]).Keys);
    }

    [Fact]
    public async Task A_line_of_JSON_is_given_on_as_it_is()
    {
        var records = await Lines.ReadAsync("{\"a\":1}\n\nnot json\n", Lines.JsonLines);
        Assert.Equal(["{\"a\":1}", "not json"], records.Select(static r => Encoding.UTF8.GetString(r.Content.Span)));
        Assert.Equal([1, 3], records.Select(static r => r.Line));
    }

    [Theory]
    [InlineData("sku:1:6", true)]
    [InlineData("sku:0:6", false)]
    [InlineData("sku:1", false)]
    [InlineData("sku", false)]
    [InlineData(":1:6", false)]
    public void A_column_of_fixed_width_has_a_name_a_start_and_a_length(string text, bool isOne) =>
        Assert.Equal(isOne, FileColumn.Parse(text, FileKind.FixedWidth) is not null);

    private static readonly Gen<string> Values = Gen.Elements('a', 'Ä', '€', '"', ',', ';', '\n', '\r', ' ', '7')
        .ListOf()
        .Select(static chars => $"x{string.Concat(chars)}x");

    [Fact]
    public void What_is_written_is_read_with_any_separator_and_reading_goes_on_at_every_record() =>
        Prop.ForAll(
                (
                    from separator in Gen.Elements(',', ';', '\t', '|')
                    from end in Gen.Elements("\n", "\r\n")
                    from rows in Values.ListOf(2).NonEmptyListOf()
                    select (separator, end, Rows: rows.Select(static r => r.ToArray()).ToArray())
                ).ToArbitrary(),
                static file =>
                {
                    var form = Lines.Csv with { Separator = file.separator };
                    var text = string.Concat(
                        file.Rows.Prepend(["a", "b"]).Select(r => string.Join(file.separator, r.Select(Quoted)) + file.end)
                    );
                    var bytes = Encoding.UTF8.GetBytes(text);
                    var records = Read(bytes, form, FilePosition.Start);
                    Assert.Equal(file.Rows, records.Select(static r => Lines.ValuesOf(r).Values.ToArray()));
                    for (var i = 0; i < records.Count; i++)
                        Assert.Equal(
                            records.Skip(i + 1).Select(static r => (r.Line, r.Next, Encoding.UTF8.GetString(r.Content.Span))),
                            Read(bytes, form, records[i].Next).Select(static r => (r.Line, r.Next, Encoding.UTF8.GetString(r.Content.Span)))
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private static List<FileRecord> Read(byte[] file, FileForm form, FilePosition from) =>
        Lines.ReadAsync(file, form, from).GetAwaiter().GetResult();

    private static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
