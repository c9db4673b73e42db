using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Edi;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Suppliers;

/// <summary>The suppliers that get purchase orders as messages.</summary>
public sealed class SupplierOrderOptions
{
    [Setting]
    public Dictionary<string, SupplierMessageOptions> Suppliers { get; } = [];
}

/// <summary>How a supplier's purchase orders are written.</summary>
public sealed class SupplierMessageOptions
{
    private const string Ids = "1 to 15 characters";

    [Setting("", "the standard of its purchase orders: ORDERS D.96A, or 850 of release 4010"), Required]
    public EdiStandard? OrdersAs { get; set; }

    [Setting(Ids, "our identification, such as our GLN"), Required, StringLength(15, MinimumLength = 1)]
    public string? Sender { get; set; }

    [Setting("up to 4 characters", "what our identification is: `14` of a GLN", Default = "(`ZZ` in X12)"), StringLength(4)]
    public string SenderQualifier { get; set; } = "";

    [Setting(Ids, "the supplier's identification"), Required, StringLength(15, MinimumLength = 1)]
    public string? Receiver { get; set; }

    [Setting("up to 4 characters", "what its identification is", Default = "(`ZZ` in X12)"), StringLength(4)]
    public string ReceiverQualifier { get; set; } = "";

    [Setting("1 to 35 characters", "its code of the place where a region's goods go; without it the region's name", Keys = "REGION")]
    public Dictionary<string, string> ShipTo { get; } = [];
}
