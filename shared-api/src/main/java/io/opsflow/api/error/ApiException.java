package io.opsflow.api.error;

/**
 * A request that is refused. Code and message are what the caller reads, in the words of the contract's error table;
 * neither ever names a class, a table or another tenant's data.
 */
public final class ApiException extends RuntimeException {

    private final ErrorCode code;
    private final int status;

    private ApiException(ErrorCode code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    private ApiException(ErrorCode code, String message) {
        this(code, code.status(), message);
    }

    public ErrorCode code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Never null here, unlike {@link Throwable#getMessage()}. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public static ApiException required(String key) {
        return new ApiException(ErrorCode.ERROR_REQUIRED_PARAMETER, "Required parameter. (key = %s)".formatted(key));
    }

    /** @param type what it should have been: string, integer, number, boolean, list or dictionary */
    public static ApiException wrongType(String key, String type) {
        return new ApiException(
                ErrorCode.ERROR_INVALID_PARAMETER_TYPE,
                "Parameter type is invalid. (key = %s, type = %s)".formatted(key, type));
    }

    public static ApiException invalid(String key, String reason) {
        return new ApiException(
                ErrorCode.ERROR_INVALID_PARAMETER,
                "Parameter is invalid. (key = %s, reason = %s)".formatted(key, reason));
    }

    /** The operator takes a single value and got one of the given type. */
    public static ApiException operatorRefusesType(String operator, String type, String key) {
        return new ApiException(
                ErrorCode.ERROR_OPERATOR_VALUE_TYPE,
                "The value of '%s operator' does not support %s type. (key = %s)".formatted(operator, type, key));
    }

    public static ApiException operatorNeedsList(String operator, String key) {
        return operatorNeeds(ErrorCode.ERROR_OPERATOR_LIST_VALUE_TYPE, operator, "list", key);
    }

    public static ApiException operatorNeedsDictionary(String operator, String key) {
        return operatorNeeds(ErrorCode.ERROR_OPERATOR_DICT_VALUE_TYPE, operator, "dictionary", key);
    }

    public static ApiException operatorNeedsBoolean(String operator, String key) {
        return operatorNeeds(ErrorCode.ERROR_OPERATOR_BOOLEAN_TYPE, operator, "boolean", key);
    }

    private static ApiException operatorNeeds(ErrorCode code, String operator, String type, String key) {
        return new ApiException(
                code, "The value of '%s operator' must be a %s type. (key = %s)".formatted(operator, type, key));
    }

    /** @param resource the kind of thing that is still there, e.g. TaskType */
    public static ApiException exists(String resource, String owner) {
        return new ApiException(
                ErrorCode.ERROR_EXIST_RESOURCE, "'%s' resources is existed in %s.".formatted(resource, owner));
    }

    public static ApiException unauthenticated(String reason) {
        return new ApiException(
                ErrorCode.ERROR_AUTHENTICATE_FAILURE, "Authenticate failure. (message = %s)".formatted(reason));
    }

    public static ApiException permissionDenied() {
        return new ApiException(ErrorCode.ERROR_PERMISSION_DENIED, "Permission denied.");
    }

    /** Also the answer for what exists but belongs to somebody else: strangers learn nothing. */
    public static ApiException notFound(String key, String id) {
        return new ApiException(
                ErrorCode.ERROR_NOT_FOUND,
                "Resource cannot be found or access is denied. (%s = %s)".formatted(key, id));
    }

    /** A concurrent change that could not be retried. */
    public static ApiException conflict(String id) {
        return new ApiException(
                ErrorCode.ERROR_CONFLICT,
                "The resource was changed by others at the same time; try again. (id = %s)".formatted(id));
    }

    /** What was asked for is being done already, and is done once at a time. */
    public static ApiException underWay(String what) {
        return new ApiException(ErrorCode.ERROR_CONFLICT, "%s is under way already.".formatted(what));
    }

    /** {@code If-Match} names another version. */
    public static ApiException preconditionFailed(long version) {
        return new ApiException(
                ErrorCode.ERROR_PRECONDITION_FAILED,
                "The resource is not at a version that If-Match names. (version = %d)".formatted(version));
    }

    /** The idempotency key came with another request before. */
    public static ApiException keyReused() {
        return new ApiException(
                ErrorCode.ERROR_IDEMPOTENCY_KEY_REUSED, "The Idempotency-Key was used for another request.");
    }

    /** The request as a whole cannot be taken: no such path (404), not POST (405), too large (413), not JSON (415). */
    public static ApiException invalidArgument(int status, String message) {
        return new ApiException(ErrorCode.ERROR_INVALID_ARGUMENT, status, message);
    }

    public static ApiException unknown() {
        return new ApiException(
                ErrorCode.ERROR_UNKNOWN, "An unknown error has occurred; the log holds it under the request's id.");
    }

    public static ApiException unavailable(String reason) {
        return new ApiException(ErrorCode.ERROR_UNAVAILABLE, reason);
    }
}
