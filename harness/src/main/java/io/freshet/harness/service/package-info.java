/** The packaged services, and a whole Freshet of them. */
@NullMarked
package io.freshet.harness.service;

import org.jspecify.annotations.NullMarked;
