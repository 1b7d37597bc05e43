package io.opsflow.api.caller;

/** What a verb asks for. A token's {@code permissions} are prefixes of these names. */
public enum Permission {
    TASK_READ("opsflow:Task.read", false),
    TASK_WRITE("opsflow:Task.write", false),
    TASK_CATEGORY_READ("opsflow:TaskCategory.read", false),
    TASK_CATEGORY_WRITE("opsflow:TaskCategory.write", true),
    TASK_TYPE_READ("opsflow:TaskType.read", false),
    TASK_TYPE_WRITE("opsflow:TaskType.write", true),
    EVENT_READ("opsflow:Event.read", false);

    private final String wireName;
    private final boolean forAdminsOnly;

    Permission(String wireName, boolean forAdminsOnly) {
        this.wireName = wireName;
        this.forAdminsOnly = forAdminsOnly;
    }

    public String wireName() {
        return wireName;
    }

    /** Writing the catalog is for the admins of a domain or of the system. */
    public boolean forAdminsOnly() {
        return forAdminsOnly;
    }
}
