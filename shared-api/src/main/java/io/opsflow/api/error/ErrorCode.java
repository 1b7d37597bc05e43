package io.opsflow.api.error;

/** Every error code the API knows, with the HTTP status it travels under. The contract's error table, row by row. */
public enum ErrorCode {
    ERROR_REQUIRED_PARAMETER(400),
    ERROR_INVALID_PARAMETER_TYPE(400),
    ERROR_INVALID_PARAMETER(400),
    ERROR_OPERATOR_VALUE_TYPE(400),
    ERROR_OPERATOR_LIST_VALUE_TYPE(400),
    ERROR_OPERATOR_DICT_VALUE_TYPE(400),
    ERROR_OPERATOR_BOOLEAN_TYPE(400),
    ERROR_EXIST_RESOURCE(400),
    ERROR_AUTHENTICATE_FAILURE(401),
    ERROR_PERMISSION_DENIED(403),
    ERROR_NOT_FOUND(404),
    ERROR_CONFLICT(409),
    ERROR_PRECONDITION_FAILED(412),
    ERROR_INVALID_ARGUMENT(400),
    ERROR_IDEMPOTENCY_KEY_REUSED(422),
    ERROR_UNKNOWN(500),
    ERROR_UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status, unless the {@link ApiException} names another one (only ERROR_INVALID_ARGUMENT does: 404, 405, 413, 415). */
    public int status() {
        return status;
    }
}
