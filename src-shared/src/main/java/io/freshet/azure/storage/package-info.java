/** Azure Blob Storage behind the storage port. */
@NullMarked
package io.freshet.azure.storage;

import org.jspecify.annotations.NullMarked;
