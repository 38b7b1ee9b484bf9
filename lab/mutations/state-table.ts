import { type Area, inFile } from "./mutation.ts";

/** What `stateTable` makes, which none of our environments chooses either. */
export const stateTable: Area = {
  name: "state-table",
  tests: ["test/infra/state-table"],
  mutations: [
    ...inFile(
      "infra/main.bicep",
      [
        "'Microsoft.Network/privateDnsZones', tableZoneName)",
        "'Microsoft.Network/privateDnsZones', zoneNames.blob)",
        "The table's name leads nowhere: no code is joined.",
      ],
      ["groupId: 'table'", "groupId: 'blob'", "The table has no private way in: no code is joined."],
      [
        "param stateTable bool = false",
        "param stateTable bool = true",
        "Who got a code is kept where nobody asked for it.",
      ],
    ),
    ...inFile(
      "infra/modules/storage.bicep",
      [
        "'0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'",
        "'76199698-9eea-4c19-bc75-cec21354c6b6'",
        "The app may read which codes were sent, but not write or delete: none is joined.",
      ],
      [
        "category: 'StorageRead', enabled: true",
        "category: 'StorageRead', enabled: false",
        "Nobody sees who read which people got codes.",
      ],
      ["name: 'codes'", "name: 'sent'", "The app's table is not there, and the app may not make it."],
      [
        "name: 'guard'",
        "name: 'guards'",
        "Each instance counts for itself: ten of them let through ten times a limit.",
      ],
    ),
  ],
};
