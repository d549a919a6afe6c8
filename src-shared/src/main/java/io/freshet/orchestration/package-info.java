/** What a user writes to orchestrate runs, and what is built in; one jar of it is loaded by all three services. */
@NullMarked
package io.freshet.orchestration;

import org.jspecify.annotations.NullMarked;
