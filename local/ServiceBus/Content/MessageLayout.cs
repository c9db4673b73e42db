namespace Stockgate.Local.ServiceBus.Content;

/// <summary>
/// Where the sections of an encoded message lie. They come in a fixed order, so header and annotations can be replaced in front of
/// the rest, and the rest is passed on as it is.
/// </summary>
internal readonly ref struct MessageLayout
{
    private const ulong HeaderCode = 0x70,
        AnnotationsCode = 0x72,
        PropertiesCode = 0x73,
        ApplicationPropertiesCode = 0x74,
        DataCode = 0x75;

    public MessageLayout(ReadOnlySpan<byte> content)
    {
        var reader = new AmqpReader(content);
        while (!reader.AtEnd)
        {
            var start = reader.Position;
            var code = reader.Descriptor();
            if (code >= DataCode)
            {
                reader.Position = start;
                break;
            }
            var value = reader.Value();
            if (code == HeaderCode)
                Header = value;
            if (code == AnnotationsCode)
                Annotations = value;
            if (code == PropertiesCode)
                Properties = value;
            if (code == ApplicationPropertiesCode)
                ApplicationProperties = value;
            if (code < PropertiesCode)
                BareStart = reader.Position;
            if (code < ApplicationPropertiesCode)
                ApplicationPropertiesStart = reader.Position;
        }
        BodyStart = reader.Position;
        ApplicationPropertiesStart = Math.Max(ApplicationPropertiesStart, BareStart);
    }

    /// <summary>The list after the section's descriptor; empty when the section is absent, as in the others.</summary>
    public ReadOnlySpan<byte> Header { get; }

    public ReadOnlySpan<byte> Annotations { get; }

    public ReadOnlySpan<byte> Properties { get; }

    public ReadOnlySpan<byte> ApplicationProperties { get; }

    /// <summary>Where the properties begin: what the sender wrote and the broker does not touch.</summary>
    public int BareStart { get; }

    public int ApplicationPropertiesStart { get; }

    public int BodyStart { get; }
}
