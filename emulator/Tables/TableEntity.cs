using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Azure.Data.Tables;

/// <summary>
/// An entity as a dictionary of properties. Values are <see cref="string"/>, <see cref="T:byte[]"/>, <see cref="BinaryData"/>, <see cref="bool"/>,
/// <see cref="DateTimeOffset"/>, <see cref="DateTime"/>, <see cref="double"/>, <see cref="Guid"/>, <see cref="int"/> and <see cref="long"/>; null is not sent.
/// </summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    internal const string EtagKey = "odata.etag";

    private readonly Dictionary<string, object> properties;

    /// <summary>An entity without keys.</summary>
    public TableEntity() => properties = [];

    /// <summary>An entity with its keys.</summary>
    public TableEntity(string partitionKey, string rowKey) : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>An entity with a copy of these properties, keys included.</summary>
    public TableEntity(IDictionary<string, object> values) => properties = values is null ? [] : new(values);

    /// <inheritdoc />
    public string PartitionKey { get => GetString("PartitionKey"); set => properties["PartitionKey"] = value; }

    /// <inheritdoc />
    public string RowKey { get => GetString("RowKey"); set => properties["RowKey"] = value; }

    /// <inheritdoc />
    public DateTimeOffset? Timestamp { get => Get<DateTimeOffset?>("Timestamp"); set => properties["Timestamp"] = value!; }

    /// <inheritdoc />
    public ETag ETag { get => Get<string>(EtagKey) is { } etag ? new ETag(etag) : default; set => properties[EtagKey] = value.ToString(); }

    /// <summary>The property's value; null where there is none. A set keeps the type that the property has: an int becomes the long or double it replaces.</summary>
    /// <exception cref="InvalidOperationException">The new value's type does not fit that of the old one.</exception>
    [AllowNull]
    public object this[string key]
    {
        get => TryGetValue(key, out var value) ? value : null!;
        set => properties[key] = (properties.TryGetValue(key, out var old) ? Keep(old, value) : value)!;
    }

    /// <inheritdoc />
    public ICollection<string> Keys => properties.Keys;

    /// <inheritdoc />
    public int Count => properties.Count;

    ICollection<object> IDictionary<string, object>.Values => properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>The text of the property, or null.</summary>
    /// <exception cref="InvalidOperationException">The property has another type.</exception>
    public string GetString(string key) => Get<string>(key)!;

    /// <summary>The bytes of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public BinaryData GetBinaryData(string key) =>
        (TryGetValue(key, out var value) && value is byte[] bytes ? BinaryData.FromBytes(bytes) : Get<BinaryData>(key))!;

    /// <summary>The bytes of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public byte[] GetBinary(string key) => (TryGetValue(key, out var value) && value is BinaryData data ? data.ToArray() : Get<byte[]>(key))!;

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public bool? GetBoolean(string key) => Get<bool?>(key);

    /// <summary>The value of the property in UTC, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public DateTime? GetDateTime(string key) => TryGetValue(key, out var value) && value is DateTimeOffset time ? time.UtcDateTime : Get<DateTime?>(key);

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        TryGetValue(key, out var value) && value is DateTime time ? new DateTimeOffset(time) : Get<DateTimeOffset?>(key);

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public double? GetDouble(string key) => Get<double?>(key);

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public Guid? GetGuid(string key) => Get<Guid?>(key);

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public int? GetInt32(string key) => Get<int?>(key);

    /// <summary>The value of the property, or null.</summary>
    /// <inheritdoc cref="GetString" path="/exception"/>
    public long? GetInt64(string key) => Get<long?>(key);

    /// <inheritdoc />
    public void Add(string key, object? value) => properties.Add(key, value!);

    /// <inheritdoc />
    public bool ContainsKey(string key) => properties.ContainsKey(key);

    /// <inheritdoc />
    public bool Remove(string key) => properties.Remove(key);

    /// <inheritdoc />
    public bool TryGetValue(string key, out object value) => properties.TryGetValue(key, out value!);

    /// <inheritdoc />
    public void Clear() => properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => properties.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => ((ICollection<KeyValuePair<string, object>>)properties).Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => ((ICollection<KeyValuePair<string, object>>)properties).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => properties.GetEnumerator();

    /// <summary>The properties without an enumerator on the heap, for the writer.</summary>
    internal Dictionary<string, object> Properties => properties;

    private T? Get<T>(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (!properties.TryGetValue(key, out var value) || value is null) return default;
        if (value is T typed) return typed;
        throw new InvalidOperationException($"Property '{key}' is of type {value.GetType()}, not {Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)}.");
    }

    private static object? Keep(object? old, object? value) => (old, value) switch
    {
        (null, _) or (_, null) => value,
        (double, int number) => (double)number,
        (long, int number) => (long)number,
        (int, double or long) => value,
        _ when old.GetType() == value.GetType() => value,
        _ => throw new InvalidOperationException($"The property holds a {old.GetType()}; a {value.GetType()} does not replace it. Remove it first."),
    };
}
