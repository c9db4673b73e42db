namespace Azure.Data.Tables.Models;

/// <summary>The service's error codes, to compare with <see cref="RequestFailedException.ErrorCode"/> ("Table service error codes", REST API).</summary>
public readonly struct TableErrorCode : IEquatable<TableErrorCode>
{
    private readonly string code;

    /// <summary>A code by its text.</summary>
    public TableErrorCode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        code = value;
    }

    /// <summary><c>AuthorizationResourceTypeMismatch</c></summary>
    public static TableErrorCode AuthorizationResourceTypeMismatch { get; } = new("AuthorizationResourceTypeMismatch");

    /// <summary><c>XMethodNotUsingPost</c></summary>
    public static TableErrorCode XMethodNotUsingPost { get; } = new("XMethodNotUsingPost");

    /// <summary><c>XMethodIncorrectValue</c></summary>
    public static TableErrorCode XMethodIncorrectValue { get; } = new("XMethodIncorrectValue");

    /// <summary><c>XMethodIncorrectCount</c></summary>
    public static TableErrorCode XMethodIncorrectCount { get; } = new("XMethodIncorrectCount");

    /// <summary><c>TableHasNoProperties</c></summary>
    public static TableErrorCode TableHasNoProperties { get; } = new("TableHasNoProperties");

    /// <summary><c>DuplicatePropertiesSpecified</c></summary>
    public static TableErrorCode DuplicatePropertiesSpecified { get; } = new("DuplicatePropertiesSpecified");

    /// <summary><c>TableHasNoSuchProperty</c></summary>
    public static TableErrorCode TableHasNoSuchProperty { get; } = new("TableHasNoSuchProperty");

    /// <summary><c>DuplicateKeyPropertySpecified</c></summary>
    public static TableErrorCode DuplicateKeyPropertySpecified { get; } = new("DuplicateKeyPropertySpecified");

    /// <summary><c>TableAlreadyExists</c></summary>
    public static TableErrorCode TableAlreadyExists { get; } = new("TableAlreadyExists");

    /// <summary><c>TableNotFound</c></summary>
    public static TableErrorCode TableNotFound { get; } = new("TableNotFound");

    /// <summary><c>ResourceNotFound</c></summary>
    public static TableErrorCode ResourceNotFound { get; } = new("ResourceNotFound");

    /// <summary><c>EntityNotFound</c></summary>
    public static TableErrorCode EntityNotFound { get; } = new("EntityNotFound");

    /// <summary><c>EntityAlreadyExists</c></summary>
    public static TableErrorCode EntityAlreadyExists { get; } = new("EntityAlreadyExists");

    /// <summary><c>PartitionKeyNotSpecified</c></summary>
    public static TableErrorCode PartitionKeyNotSpecified { get; } = new("PartitionKeyNotSpecified");

    /// <summary><c>OperatorInvalid</c></summary>
    public static TableErrorCode OperatorInvalid { get; } = new("OperatorInvalid");

    /// <summary><c>UpdateConditionNotSatisfied</c></summary>
    public static TableErrorCode UpdateConditionNotSatisfied { get; } = new("UpdateConditionNotSatisfied");

    /// <summary><c>PropertiesNeedValue</c></summary>
    public static TableErrorCode PropertiesNeedValue { get; } = new("PropertiesNeedValue");

    /// <summary><c>PartitionKeyPropertyCannotBeUpdated</c></summary>
    public static TableErrorCode PartitionKeyPropertyCannotBeUpdated { get; } = new("PartitionKeyPropertyCannotBeUpdated");

    /// <summary><c>TooManyProperties</c></summary>
    public static TableErrorCode TooManyProperties { get; } = new("TooManyProperties");

    /// <summary><c>EntityTooLarge</c></summary>
    public static TableErrorCode EntityTooLarge { get; } = new("EntityTooLarge");

    /// <summary><c>PropertyValueTooLarge</c></summary>
    public static TableErrorCode PropertyValueTooLarge { get; } = new("PropertyValueTooLarge");

    /// <summary><c>KeyValueTooLarge</c></summary>
    public static TableErrorCode KeyValueTooLarge { get; } = new("KeyValueTooLarge");

    /// <summary><c>InvalidValueType</c></summary>
    public static TableErrorCode InvalidValueType { get; } = new("InvalidValueType");

    /// <summary><c>TableBeingDeleted</c></summary>
    public static TableErrorCode TableBeingDeleted { get; } = new("TableBeingDeleted");

    /// <summary><c>PrimaryKeyPropertyIsInvalidType</c></summary>
    public static TableErrorCode PrimaryKeyPropertyIsInvalidType { get; } = new("PrimaryKeyPropertyIsInvalidType");

    /// <summary><c>PropertyNameTooLong</c></summary>
    public static TableErrorCode PropertyNameTooLong { get; } = new("PropertyNameTooLong");

    /// <summary><c>PropertyNameInvalid</c></summary>
    public static TableErrorCode PropertyNameInvalid { get; } = new("PropertyNameInvalid");

    /// <summary><c>InvalidDuplicateRow</c></summary>
    public static TableErrorCode InvalidDuplicateRow { get; } = new("InvalidDuplicateRow");

    /// <summary><c>CommandsInBatchActOnDifferentPartitions</c></summary>
    public static TableErrorCode CommandsInBatchActOnDifferentPartitions { get; } = new("CommandsInBatchActOnDifferentPartitions");

    /// <summary><c>JsonFormatNotSupported</c></summary>
    public static TableErrorCode JsonFormatNotSupported { get; } = new("JsonFormatNotSupported");

    /// <summary><c>AtomFormatNotSupported</c></summary>
    public static TableErrorCode AtomFormatNotSupported { get; } = new("AtomFormatNotSupported");

    /// <summary><c>JsonVerboseFormatNotSupported</c></summary>
    public static TableErrorCode JsonVerboseFormatNotSupported { get; } = new("JsonVerboseFormatNotSupported");

    /// <summary><c>MediaTypeNotSupported</c></summary>
    public static TableErrorCode MediaTypeNotSupported { get; } = new("MediaTypeNotSupported");

    /// <summary><c>MethodNotAllowed</c></summary>
    public static TableErrorCode MethodNotAllowed { get; } = new("MethodNotAllowed");

    /// <summary><c>ContentLengthExceeded</c></summary>
    public static TableErrorCode ContentLengthExceeded { get; } = new("ContentLengthExceeded");

    /// <summary><c>AccountIOPSLimitExceeded</c></summary>
    public static TableErrorCode AccountIOPSLimitExceeded { get; } = new("AccountIOPSLimitExceeded");

    /// <summary><c>CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable</c></summary>
    public static TableErrorCode CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable { get; } = new("CannotCreateTableWithIOPSGreaterThanMaxAllowedPerTable");

    /// <summary><c>PerTableIOPSIncrementLimitReached</c></summary>
    public static TableErrorCode PerTableIOPSIncrementLimitReached { get; } = new("PerTableIOPSIncrementLimitReached");

    /// <summary><c>PerTableIOPSDecrementLimitReached</c></summary>
    public static TableErrorCode PerTableIOPSDecrementLimitReached { get; } = new("PerTableIOPSDecrementLimitReached");

    /// <summary><c>SettingIOPSForATableInProvisioningNotAllowed</c></summary>
    public static TableErrorCode SettingIOPSForATableInProvisioningNotAllowed { get; } = new("SettingIOPSForATableInProvisioningNotAllowed");

    /// <summary><c>PartitionKeyEqualityComparisonExpected</c></summary>
    public static TableErrorCode PartitionKeyEqualityComparisonExpected { get; } = new("PartitionKeyEqualityComparisonExpected");

    /// <summary><c>PartitionKeySpecifiedMoreThanOnce</c></summary>
    public static TableErrorCode PartitionKeySpecifiedMoreThanOnce { get; } = new("PartitionKeySpecifiedMoreThanOnce");

    /// <summary><c>InvalidInput</c></summary>
    public static TableErrorCode InvalidInput { get; } = new("InvalidInput");

    /// <summary><c>NotImplemented</c></summary>
    public static TableErrorCode NotImplemented { get; } = new("NotImplemented");

    /// <summary><c>OperationTimedOut</c></summary>
    public static TableErrorCode OperationTimedOut { get; } = new("OperationTimedOut");

    /// <summary><c>OutOfRangeInput</c></summary>
    public static TableErrorCode OutOfRangeInput { get; } = new("OutOfRangeInput");

    /// <summary><c>Forbidden</c></summary>
    public static TableErrorCode Forbidden { get; } = new("Forbidden");

    /// <summary><c>AuthorizationPermissionMismatch</c></summary>
    public static TableErrorCode AuthorizationPermissionMismatch { get; } = new("AuthorizationPermissionMismatch");

    /// <summary>Compares without regard to case.</summary>
    public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

    /// <summary>Compares without regard to case.</summary>
    public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

    /// <summary>A code by its text.</summary>
    public static implicit operator TableErrorCode(string? value) => value is null ? default : new(value);

    /// <inheritdoc />
    public bool Equals(TableErrorCode other) => string.Equals(code, other.code, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TableErrorCode other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(code ?? "");

    /// <inheritdoc />
    public override string ToString() => code ?? "";
}
