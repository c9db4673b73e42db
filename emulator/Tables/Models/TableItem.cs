namespace Azure.Data.Tables.Models;

/// <summary>A table of the account.</summary>
public class TableItem
{
    /// <summary>A table with this name.</summary>
    public TableItem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The table's name: 3 to 63 letters and digits, first a letter; case is kept but not compared.</summary>
    public string Name { get; }
}
