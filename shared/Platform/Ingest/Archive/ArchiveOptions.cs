using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>How long deliveries are kept.</summary>
public sealed class ArchiveOptions
{
    [Setting("1 day to 100 years", "how long deliveries are kept with their bodies; tables can be rebuilt from what is kept")]
    [Range(typeof(TimeSpan), "1.00:00:00", "36525.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(730);
}
