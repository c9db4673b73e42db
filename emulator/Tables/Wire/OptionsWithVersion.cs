using Azure.Core;

namespace Stockgate.Emulator.Tables;

/// <summary>
/// Only there to hold <see cref="ServiceVersion"/>: the list of the real package's API names it as a nested type of <c>Azure.Data.Tables.TableClientOptions</c>
/// without listing the type itself. Inherited, it is reached under the same name.
/// </summary>
public abstract class TableClientOptions : ClientOptions
{
    private protected TableClientOptions()
    {
    }

    /// <summary>The <c>x-ms-version</c> that requests carry.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06.</summary>
        V2020_12_06 = 2,
    }
}
