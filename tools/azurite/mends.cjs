'use strict';
// Mends what Azurite 3.37 does wrong; loaded into it by `node --require`.
const { setImmediate: othersHadTheirTurn } = require('node:timers/promises');
const { default: permissions } = require('azurite/dist/src/blob/authentication/OperationAccountSASPermission.js');
const { default: operations } = require('azurite/dist/src/blob/generated/artifacts/operation.js');
const { default: Extents } = require('azurite/dist/src/common/persistence/LokiExtentMetadataStore.js');

// Who comes with an account SAS may stage a block, but gets a 500 for one that is to be copied: it has no rule for it.
permissions.set(operations.BlockBlob_StageBlockFromURL, permissions.get(operations.BlockBlob_StageBlock));

// Every ten minutes it sweeps the extents that no blob refers to any more. It removes one after the other by a query that
// sorts all of them again, and lets nobody in between: an emulator that has seen some hundred jobs answers no request for
// minutes. And it means to spare what is younger than ten minutes, but a new extent lacks the field by which it looks
// (`LastModifyInMS`): a blob that is being written at that moment loses its bytes
// (https://github.com/Azure/Azurite/issues/709).

const { updateExtent } = Extents.prototype;

Extents.prototype.updateExtent = function (extent) {
  return updateExtent.call(this, { ...extent, LastModifyInMS: extent.lastModifiedInMS });
};

Extents.prototype.deleteExtent = async function (id) {
  const extents = this.db.getCollection(this.EXTENTS_COLLECTION);
  const extent = extents.findOne({ id });
  if (extent) extents.remove(extent);
  await othersHadTheirTurn();
};
