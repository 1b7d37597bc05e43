package io.opsflow.standalone.openapi;

import java.util.List;

/** What is done to a request, beside each {@link Change} of a place of its body. */
enum Kind {
    AS_IT_IS,
    ANY_VALUE,
    ANY_CHANGE,
    ANY_NUMBER,
    ODD_TEXT,
    NESTING,
    OTHER_SAMPLE,
    OTHER_SPELLING,
    UNKNOWN_MEMBER,
    MEMBER_TWICE,
    OTHER_METHOD,
    OTHER_PATH,
    OTHER_TOKEN,
    OTHER_HEADER,
    OTHER_CONTENT_TYPE,
    CHUNKS,
    LARGE,
    BROKEN;

    /** To a place of its body; what stands here more often is done more often. */
    static final List<Kind> OF_A_PLACE = List.of(
            ANY_VALUE,
            ANY_VALUE,
            ANY_VALUE,
            ANY_CHANGE,
            ANY_CHANGE,
            ANY_CHANGE,
            ANY_NUMBER,
            ODD_TEXT,
            NESTING,
            OTHER_SAMPLE,
            OTHER_SPELLING,
            UNKNOWN_MEMBER,
            MEMBER_TWICE);

    /** To what is around the body, or where there is none. */
    static final List<Kind> OF_A_HEAD = List.of(OTHER_METHOD, OTHER_PATH, OTHER_TOKEN, OTHER_HEADER, OTHER_HEADER);

    static final List<Kind> OF_A_BODY = List.of(OTHER_CONTENT_TYPE, CHUNKS, BROKEN, BROKEN, BROKEN);
}
